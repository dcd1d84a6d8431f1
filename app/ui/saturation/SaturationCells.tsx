import { useMemo } from 'react'
import type { HistoryColumn } from '../../runs/state'
import { visuallyHidden } from '../common/visuallyHidden'
import { DataTable } from '../charts/DataTable'
import { useThemeKey } from '../charts/theme'
import { usePage } from '../pageContext'
import { cellTableOf, type CellTable } from './cellTable'
import { saturationColours } from './colourScale'
import { heldIndex } from './heldColumn'
import { HeatmapCanvas } from './HeatmapCanvas'
import type { HeatmapScene } from './HeatmapPainter'
import { saturationTable } from './heatmapTables'
import { RowValues, SaturationValue, TailBracket } from './RowValues'
import type { CellsProps } from './RunHeatmap'
import styles from './saturation.module.css'
import { tailStart } from './tailStart'

/** One run's saturations, layers × steps, with those of the shown step as text. */
export function SaturationCells(props: CellsProps) {
  const { run, places, options, shownStep, letter, plot, names, selected, measures } = props
  const { outputs } = run.started
  const { columns } = run.history
  const { layout, labelled, bands } = measures
  const table = cellTableOf(outputs, options)
  const scene = useScene(props, table)

  const shownIndex = heldIndex(run, shownStep)
  const column = columns[shownIndex]
  const tailFrom = tailStart(columns.slice(0, shownIndex + 1), table, outputs.length)
  const tailFirst = tailFrom === undefined ? undefined : bands[places.indexOf(tailFrom)]
  const tailLast = bands[places.indexOf(outputs.length - 2)]

  const valueOf = (row: number) => {
    const place = places[row]
    const output = place === undefined ? undefined : outputs[place]
    if (place === undefined || !output) return <MissingValue />
    const spectrum = column?.spectra[place]
    return spectrum && <SaturationValue {...{ spectrum, options }} width={output.width} />
  }
  return (
    <>
      <HeatmapCanvas scene={scene} columns={columns} step={run.step} />
      <RowValues {...{ names, plot, bands, selected, labelled, valueOf }} {...layout}>
        {tailFirst && tailLast && <TailBracket first={tailFirst} last={tailLast} />}
      </RowValues>
      <DataTable
        label={`saturation of run ${letter} over the steps`}
        columns={1 + outputs.length}
        read={() => saturationTable(outputs, columns, options)}
      />
    </>
  )
}

function useScene({ plot, places, measures: { pixelRatio } }: CellsProps, table: CellTable) {
  const colourScale = usePage((state) => state.view.colourScale)
  const themeKey = useThemeKey()
  return useMemo((): HeatmapScene<HistoryColumn> => {
    const colourOf = saturationColours[colourScale]
    return { plot, rows: places, missing: 'empty', table, colourOf, pixelRatio, themeKey }
  }, [plot, places, table, colourScale, pixelRatio, themeKey])
}

function MissingValue() {
  return (
    <span className={styles['dead']}>
      <span aria-hidden="true">–</span>
      <span className={visuallyHidden}>not in this network</span>
    </span>
  )
}
