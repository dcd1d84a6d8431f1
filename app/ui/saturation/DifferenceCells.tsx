import { useMemo } from 'react'
import type { RunState } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { DataTable } from '../charts/DataTable'
import { shownColumn } from '../charts/history'
import { useThemeKey } from '../charts/theme'
import { usePage } from '../pageContext'
import { cellTableOf, type Cell } from './cellTable'
import { ColumnPairs, type ColumnPair } from './columnPairs'
import { differenceColours } from './differenceScale'
import { DifferenceTable } from './differenceTable'
import { describeDifference, describeUnmatched } from './differenceText'
import { HeatmapCanvas } from './HeatmapCanvas'
import type { HeatmapScene } from './HeatmapPainter'
import { differencesTable } from './heatmapTables'
import { RowValues, type RowWords } from './RowValues'
import type { Baseline, CellsProps } from './RunHeatmap'
import styles from './saturation.module.css'

type Places = readonly (number | undefined)[]

interface DifferenceCellsProps extends CellsProps {
  readonly baseline: Baseline
}

/** A run's saturation minus the baseline's, layers × steps, with the differences at the shown step as text. */
export function DifferenceCells(props: DifferenceCellsProps) {
  const { run, places, baseline, shownStep, letter, plot, names, selected, measures } = props
  const { letter: baselineLetter, run: baselineRun, places: baselinePlaces } = baseline
  const { layout, labelled, bands } = measures
  const { table, rows } = useDifferences(props)
  const scene = useScene(props, table, rows)
  const pairs = useColumnPairs(run, baselineRun)
  const reached = Math.min(run.step, baselineRun.step)
  const pair = shownStep !== undefined && shownStep > reached ? undefined : shownColumn(pairs, shownStep)
  const cells = pair && table.cells(pair)

  const whyUnmatched = (row: number) =>
    describeUnmatched(places[row], baselinePlaces[row], { own: letter, baseline: baselineLetter })
  const words = names.map((_, row): RowWords | undefined => {
    const unmatched = whyUnmatched(row)
    if (unmatched !== undefined) return { className: styles['unmatched'], text: unmatched }
    const place = rows[row]
    return cells && place !== undefined ? differenceWords(cells[place] ?? 'unmeasured') : undefined
  })
  return (
    <>
      <HeatmapCanvas scene={scene} columns={pairs} step={reached} />
      <RowValues {...{ names, plot, bands, selected, labelled, words }} {...layout} />
      <DataTable
        label={`saturation of run ${letter} minus run ${baselineLetter} over the steps`}
        columns={1 + names.length}
        read={() => {
          const layers = names.map((name, row) => ({
            name,
            place: whyUnmatched(row) ?? rows[row] ?? 'not compared',
          }))
          return differencesTable(layers, pairs, (both) => table.cells(both))
        }}
      />
    </>
  )
}

/** Differences of the rows both runs have, and where each row stands among them. */
function useDifferences({ run, places, baseline, options }: DifferenceCellsProps) {
  const { places: baselinePlaces } = baseline
  const own = cellTableOf(run.started.outputs, options)
  const other = cellTableOf(baseline.run.started.outputs, options)
  return useMemo(() => {
    const compared: (readonly [number, number])[] = []
    const rows = places.map((place, row) => {
      const against = baselinePlaces[row]
      return place === undefined || against === undefined ? undefined : compared.push([place, against]) - 1
    })
    return { table: new DifferenceTable(own, other, compared), rows }
  }, [own, other, places, baselinePlaces])
}

function useColumnPairs(run: RunState, baseline: RunState): readonly ColumnPair[] {
  const pairing = useMemo(() => new ColumnPairs(), [])
  const [columns, others] = [run.history.columns, baseline.history.columns]
  return useMemo(() => pairing.of(columns, others), [pairing, columns, others])
}

function useScene({ plot, measures: { pixelRatio } }: DifferenceCellsProps, table: DifferenceTable, rows: Places) {
  const colourScale = usePage((state) => state.view.colourScale)
  const themeKey = useThemeKey()
  return useMemo((): HeatmapScene<ColumnPair> => {
    const colourOf = differenceColours(themeKey, colourScale)
    return { plot, rows, missing: 'unmatched', table, colourOf, pixelRatio, themeKey }
  }, [plot, rows, table, colourScale, pixelRatio, themeKey])
}

/** “+6 points”, or why there is no difference. */
function differenceWords(cell: Cell): RowWords {
  const isNumber = typeof cell === 'number'
  return { className: joinClasses(styles['points'], !isNumber && styles[cell]), text: describeDifference(cell) }
}
