import { memo, useMemo } from 'react'
import type { SpectrumOptions } from '../../metrics/layerSpectrum'
import type { RunState, StartedRun } from '../../runs/state'
import { visuallyHidden } from '../common/visuallyHidden'
import { DataTable } from '../charts/DataTable'
import { useThemeKey } from '../charts/theme'
import { usePage } from '../pageContext'
import { CellTable } from './cellTable'
import { saturationColours } from './colourScale'
import { heldIndex } from './heldColumn'
import { HeatmapCanvas } from './HeatmapCanvas'
import { HeatmapFrame, useFrameLayout, type FrameProps } from './HeatmapFrame'
import type { HeatmapScene } from './HeatmapPainter'
import { saturationTable } from './heatmapTables'
import { RowValues, SaturationValue, TailBracket } from './RowValues'
import styles from './saturation.module.css'
import { tailStart } from './tailStart'

interface SaturationHeatmapProps extends FrameProps {
  readonly run: RunState
  readonly options: SpectrumOptions
  readonly shownStep: number | undefined
}

/** One run's saturation, layers × steps: Recharts draws the axes, a canvas the cells. */
export const SaturationHeatmap = memo(function SaturationHeatmap(props: SaturationHeatmapProps) {
  const { run, places, options, shownStep, letter, plot, names, selected } = props
  const { outputs } = run.started
  const { columns } = run.history
  const measures = useFrameLayout(props, 'saturations')
  const { layout, labelled, bands } = measures
  const table = useCellTable(outputs, options)
  const scene = useScene(props, table, measures.pixelRatio)

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
    <HeatmapFrame {...props} {...{ measures }} label={`Saturation of run ${letter}`}>
      {plot && scene && (
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
      )}
    </HeatmapFrame>
  )
})

/** Saturations of a run's columns under one δ and convention. */
export function useCellTable(outputs: StartedRun['outputs'], { threshold, convention }: SpectrumOptions): CellTable {
  return useMemo(() => {
    const widths = outputs.map((output) => output.width)
    return new CellTable(widths, threshold, convention)
  }, [outputs, threshold, convention])
}

function useScene({ plot, places }: SaturationHeatmapProps, table: CellTable, pixelRatio: number) {
  const colourScale = usePage((state) => state.view.colourScale)
  const themeKey = useThemeKey()
  return useMemo((): HeatmapScene<RunState['history']['columns'][number]> | undefined => {
    const colourOf = saturationColours[colourScale]
    return plot && { plot, rows: places, missing: 'empty', table, colourOf, pixelRatio, themeKey }
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
