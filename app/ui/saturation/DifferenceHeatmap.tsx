import { memo, useMemo } from 'react'
import type { SpectrumOptions } from '../../metrics/layerSpectrum'
import type { Letter, RunState } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { DataTable } from '../charts/DataTable'
import { shownColumn } from '../charts/history'
import { useThemeKey } from '../charts/theme'
import { usePage } from '../pageContext'
import type { Cell, CellTable } from './cellTable'
import { ColumnPairs, type ColumnPair } from './columnPairs'
import { differenceColours } from './differenceScale'
import { DifferenceTable } from './differenceTable'
import { describeDifference, describeUnmatched } from './differenceText'
import { HeatmapCanvas } from './HeatmapCanvas'
import { HeatmapFrame, useFrameLayout, type FrameProps } from './HeatmapFrame'
import type { HeatmapScene } from './HeatmapPainter'
import { differencesTable } from './heatmapTables'
import { RowValues } from './RowValues'
import { useCellTable } from './SaturationHeatmap'
import styles from './saturation.module.css'

type Places = readonly (number | undefined)[]

interface DifferenceHeatmapProps extends FrameProps {
  readonly run: RunState
  readonly baselineLetter: Letter
  readonly baselineRun: RunState
  readonly baselinePlaces: Places
  /** Saturations of the baseline, worked out once for all who are compared with it. */
  readonly baselineTable: CellTable
  readonly options: SpectrumOptions
  readonly shownStep: number | undefined
}

/** A run's saturation minus the baseline's, layers × steps. */
export const DifferenceHeatmap = memo(function DifferenceHeatmap(props: DifferenceHeatmapProps) {
  const { run, places, baselineLetter, baselineRun, baselinePlaces, shownStep, letter, plot, names, selected } = props
  const measures = useFrameLayout(props, 'differences')
  const { layout, labelled, bands } = measures
  const { table, rows } = useDifferences(props)
  const scene = useScene(props, table, rows, measures.pixelRatio)
  const pairs = useColumnPairs(run, baselineRun)
  const reached = Math.min(run.step, baselineRun.step)
  const pair = shownStep !== undefined && shownStep > reached ? undefined : shownColumn(pairs, shownStep)
  const cells = pair && table.cells(pair)

  const whyUnmatched = (row: number) =>
    describeUnmatched(places[row], baselinePlaces[row], { own: letter, baseline: baselineLetter })
  const valueOf = (row: number) => {
    const unmatched = whyUnmatched(row)
    if (unmatched !== undefined) return <span className={styles['unmatched']}>{unmatched}</span>
    const place = rows[row]
    return cells && place !== undefined && <DifferenceValue cell={cells[place] ?? 'unmeasured'} />
  }
  return (
    <HeatmapFrame
      {...props}
      {...{ measures }}
      label={`Saturation of run ${letter}, difference to run ${baselineLetter}`}
    >
      {plot && scene && (
        <>
          <HeatmapCanvas scene={scene} columns={pairs} step={reached} />
          <RowValues {...{ names, plot, bands, selected, labelled, valueOf }} {...layout} />
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
      )}
    </HeatmapFrame>
  )
})

/** Differences of the rows both runs have, and where each row stands among them. */
function useDifferences({ run, places, baselinePlaces, baselineTable, options }: DifferenceHeatmapProps) {
  const own = useCellTable(run.started.outputs, options)
  return useMemo(() => {
    const compared: (readonly [number, number])[] = []
    const rows = places.map((place, row) => {
      const other = baselinePlaces[row]
      return place === undefined || other === undefined ? undefined : compared.push([place, other]) - 1
    })
    return { table: new DifferenceTable(own, baselineTable, compared), rows }
  }, [own, places, baselineTable, baselinePlaces])
}

function useColumnPairs(run: RunState, baseline: RunState): readonly ColumnPair[] {
  const pairing = useMemo(() => new ColumnPairs(), [])
  const [columns, others] = [run.history.columns, baseline.history.columns]
  return useMemo(() => pairing.of(columns, others), [pairing, columns, others])
}

function useScene({ plot }: DifferenceHeatmapProps, table: DifferenceTable, rows: Places, pixelRatio: number) {
  const colourScale = usePage((state) => state.view.colourScale)
  const themeKey = useThemeKey()
  return useMemo((): HeatmapScene<ColumnPair> | undefined => {
    const colourOf = differenceColours(themeKey, colourScale)
    return plot && { plot, rows, missing: 'unmatched', table, colourOf, pixelRatio, themeKey }
  }, [plot, rows, table, colourScale, pixelRatio, themeKey])
}

/** “+6 points”, or why there is no difference. */
function DifferenceValue({ cell }: { readonly cell: Cell }) {
  const isNumber = typeof cell === 'number'
  return <span className={joinClasses(styles['points'], !isNumber && styles[cell])}>{describeDifference(cell)}</span>
}
