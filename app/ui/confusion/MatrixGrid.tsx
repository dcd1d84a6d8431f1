import { useRef, useState, type KeyboardEvent } from 'react'
import { confusionFigures, type ConfusionMatrix } from '../../metrics/confusion'
import { joinClasses } from '../common/joinClasses'
import { Term } from '../common/Term'
import { cellColours } from './cellColours'
import { formatCellCount, formatCellShare, formatFigure } from './cellText'
import styles from './confusion.module.css'
import { describeCell } from './confusionText'
import { moveInGrid, type GridPlace } from './matrixKeys'
import type { CellPlace, Selection } from './sampleList'

/** What the cells say besides their colour. */
export type CellUnit = 'share' | 'count'

interface MatrixGridProps {
  readonly matrix: ConfusionMatrix
  readonly names: readonly string[]
  /** The classes that are shown. */
  readonly classes: readonly number[]
  readonly unit: CellUnit
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  /** The cell under the pointer or with the focus. */
  readonly onLook: (place: CellPlace | undefined) => void
}

/** Longer names of columns stand upright. */
const longestLyingName = 2
/** More classes take room from the samples beside them. */
const mostBesideSamples = 12
/** Names and recall, and the most that a cell takes. */
const outerRem = 8
const widestCellRem = 3.75

/** True classes in rows, predicted ones in columns; a single stop for Tab, arrows lead from cell to cell. */
export function MatrixGrid(props: MatrixGridProps) {
  const { matrix, names, classes, onLook } = props
  const table = useRef<HTMLTableElement>(null)
  const [stop, setStop] = useState<GridPlace>({ row: 0, column: 0 })
  const { recall, precision } = confusionFigures(matrix)
  const isUpright = classes.some((own) => (names[own]?.length ?? 0) > longestLyingName)
  const move = (event: KeyboardEvent): void => {
    const next = moveInGrid(stop, event, classes.length)
    if (!next) return
    event.preventDefault()
    setStop(next)
    table.current?.querySelectorAll<HTMLElement>('button[data-cell]')[next.row * classes.length + next.column]?.focus()
  }
  return (
    <table
      ref={table}
      // A grid of the ARIA Authoring Practices: a table whose cells are walked with arrows.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="grid"
      aria-label="Confusion matrix: true classes in rows, predicted ones in columns"
      className={styles['matrix']}
      data-large={classes.length > mostBesideSamples}
      style={{ maxWidth: `${outerRem + classes.length * widestCellRem}rem` }}
      onKeyDown={move}
      onPointerLeave={() => onLook(undefined)}
    >
      <thead>
        <tr>
          <th scope="col" className={styles['corner']}>
            true ↓ as →
          </th>
          {classes.map((own) => (
            <th key={own} scope="col" className={styles['column']} data-upright={isUpright} title={names[own]}>
              <span className={styles['name']}>{names[own]}</span>
            </th>
          ))}
          <th scope="col" className={joinClasses(styles['figure'], styles['recall'])}>
            <Term name="recall" id="recall" look="quiet" />
          </th>
        </tr>
      </thead>
      <tbody>
        {classes.map((truth, row) => (
          <tr key={truth}>
            <th scope="row" className={styles['row']} title={names[truth]}>
              <span className={styles['name']}>{names[truth]}</span>
            </th>
            {classes.map((predicted, column) => (
              <Cell
                key={predicted}
                {...props}
                place={{ truth, predicted }}
                isStop={row === stop.row && column === stop.column}
                onFocus={() => {
                  setStop({ row, column })
                  onLook({ truth, predicted })
                }}
              />
            ))}
            <td className={joinClasses(styles['figure'], styles['recall'])}>{formatFigure(recall[truth]!)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row" className={styles['row']}>
            <Term name="precision" id="precision" look="quiet" />
          </th>
          {classes.map((own) => (
            <td key={own} className={styles['figure']}>
              {formatFigure(precision[own]!)}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

interface CellProps extends MatrixGridProps {
  readonly place: CellPlace
  readonly isStop: boolean
  readonly onFocus: () => void
}

function Cell({ matrix, names, unit, selection, place, isStop, onFocus, onSelect, onLook }: CellProps) {
  const { truth, predicted } = place
  const count = matrix.counts[truth * matrix.classes + predicted]!
  const share = count > 0 ? count / matrix.support[truth]! : 0
  const isSelected = selection !== 'mistakes' && selection.truth === truth && selection.predicted === predicted
  return (
    <td aria-selected={isSelected} className={styles['place']}>
      <button
        type="button"
        data-cell
        className={joinClasses(styles['cell'], truth === predicted && styles['right'])}
        style={count > 0 ? cellColours(share) : undefined}
        tabIndex={isStop ? 0 : -1}
        aria-label={describeCell(matrix, names, place)}
        onClick={() => onSelect(isSelected ? 'mistakes' : place)}
        onFocus={onFocus}
        onBlur={() => onLook(undefined)}
        onPointerEnter={() => onLook(place)}
      >
        <span aria-hidden="true">{unit === 'share' ? formatCellShare(share) : formatCellCount(count)}</span>
      </button>
    </td>
  )
}
