import { useState } from 'react'
import type { ConfusionMatrix } from '../../metrics/confusion'
import type { Predictions, RunState } from '../../runs/state'
import { DataTable } from '../charts/DataTable'
import { formatCount } from '../common/format'
import { useKept } from './useKept'
import styles from './confusion.module.css'
import { confusionTable, describeCell, describeMistakes, nameSelection } from './confusionText'
import { MatrixGrid, type CellUnit } from './MatrixGrid'
import { SampleGallery } from './SampleGallery'
import type { CellPlace, Selection } from './sampleList'
import { mostClasses, shownClasses } from './shownClasses'
import { ShareLegend } from './ShareLegend'

interface ConfusionBodyProps {
  readonly run: RunState
  readonly predictions: Predictions
  readonly matrix: ConfusionMatrix
  readonly names: readonly string[]
  readonly unit: CellUnit
}

/** The matrix, and beside it the samples of a cell of it. */
export function ConfusionBody({ run, predictions, matrix, names, unit }: ConfusionBodyProps) {
  const [selection, setSelection] = useState<Selection>('mistakes')
  const [looked, setLooked] = useState<CellPlace>()
  // Which of many classes are shown must not change under the pointer.
  const { value: classes } = useKept(String(run.playing), () => shownClasses(matrix))
  const count = formatCount(matrix.classes)
  return (
    <>
      <div className={styles['chart']}>
        <div className={styles['scroller']}>
          <MatrixGrid {...{ matrix, names, classes, unit, selection }} onSelect={setSelection} onLook={setLooked} />
        </div>
        <p className={styles['reading']}>
          {looked ? describeCell(matrix, names, looked) : describeMistakes(matrix, names)}
        </p>
        <ShareLegend />
        {classes.length < matrix.classes && (
          <p className={styles['remark']}>
            The {mostClasses} of {count} classes with most mistakes.
          </p>
        )}
        <DataTable
          label="samples by true and predicted class"
          columns={classes.length + 2}
          read={() => confusionTable(matrix, names, classes)}
        />
      </div>
      <SampleGallery
        key={nameSelection(names, selection)}
        {...{ run, names, selection }}
        newest={predictions}
        onShowAll={selection === 'mistakes' ? undefined : () => setSelection('mistakes')}
      />
    </>
  )
}
