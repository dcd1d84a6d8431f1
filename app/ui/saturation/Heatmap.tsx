import { useCallback, useMemo, useState } from 'react'
import { describeSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import { usePixelRatio } from '../charts/canvas'
import { Crosshair } from '../charts/Crosshair'
import { columnIndexAt } from '../charts/history'
import { formatShare } from '../charts/numbers'
import type { Plot } from '../charts/plot'
import { useThemeKey } from '../charts/theme'
import { stepTicks } from '../charts/ticks'
import type { ElementSize } from '../charts/useElementSize'
import { rowBands } from './cellLayout'
import { CellTable } from './cellTable'
import { HeatmapAxes } from './HeatmapAxes'
import { HeatmapCanvas } from './HeatmapCanvas'
import { HeatmapControl } from './HeatmapControl'
import { heatmapLayout } from './heatmapLayout'
import { labelledRows } from './labelledRows'
import { Readout } from './Readout'
import { describeDirections } from './rowText'
import { RowValues } from './RowValues'
import styles from './saturation.module.css'
import { tailStart } from './tailStart'

interface HeatmapProps {
  readonly run: RunState
  readonly size: ElementSize
  readonly options: SpectrumOptions
  readonly selected: number
  readonly shownStep: number | undefined
}

/** Layers × steps: Recharts draws the axes, a canvas the cells, and one surface above takes pointer and keys. */
export function Heatmap({ run, size, options, selected, shownStep }: HeatmapProps) {
  const { outputs } = run.started
  const { columns } = run.history
  const { threshold, convention } = options
  const colourScale = usePage((state) => state.view.colourScale)
  const pixelRatio = usePixelRatio()
  const themeKey = useThemeKey()
  const [plot, setPlot] = useState<Plot>()
  const [hoveredRow, setHoveredRow] = useState<number>()

  const names = useMemo(() => outputs.map((output) => output.name), [outputs])
  const layout = useMemo(() => heatmapLayout(size, names), [size, names])
  const labelled = useMemo(() => labelledRows(names.length, layout.labelEvery, selected), [names, layout, selected])
  const ticks = useMemo(() => stepTicks(run.plannedSteps, layout.plotWidth), [run.plannedSteps, layout])
  const table = useMemo(
    () =>
      new CellTable(
        outputs.map((output) => output.width),
        threshold,
        convention,
      ),
    [outputs, threshold, convention],
  )
  const scene = useMemo(
    () => plot && { plot, rows: outputs.length, table, colourScale, pixelRatio, themeKey },
    [plot, outputs, table, colourScale, pixelRatio, themeKey],
  )
  const bands = useMemo(
    () => (plot ? rowBands(0, plot.height, outputs.length, pixelRatio) : []),
    [plot, outputs, pixelRatio],
  )
  const onPlot = useCallback((next: Plot) => setPlot(next), [])

  const shownIndex = shownStep === undefined ? columns.length - 1 : columnIndexAt(columns, shownStep)
  const column = columns[shownIndex]
  const tailFrom = tailStart(columns.slice(0, shownIndex + 1), table, outputs.length)
  const selectedBand = bands[selected]
  const readRow = hoveredRow ?? selected

  return (
    <>
      {plot && selectedBand && (
        <div
          className={styles['selection']}
          style={{ top: plot.top + selectedBand.start, height: selectedBand.size }}
        />
      )}
      <HeatmapAxes
        {...layout}
        names={names}
        selected={selected}
        labelled={labelled}
        plannedSteps={run.plannedSteps}
        ticks={ticks}
        onPlot={onPlot}
      />
      {plot && scene && (
        <>
          <HeatmapCanvas scene={scene} columns={columns} step={run.step} />
          <Crosshair plot={plot} labelled />
          <RowValues {...{ outputs, column, options, plot, bands, selected, labelled, tailFrom }} {...layout} />
          <HeatmapControl
            {...{ plot, columns, shownStep }}
            step={run.step}
            plannedSteps={run.plannedSteps}
            row={selected}
            rows={outputs.length}
            describe={() => describeCell(run, column, selected, options)}
            onHoverRow={setHoveredRow}
          />
          {shownStep !== undefined && column && outputs[readRow] && bands[readRow] && (
            <Readout
              {...{ column, options, plot }}
              chartWidth={size.width}
              output={outputs[readRow]}
              row={readRow}
              band={bands[readRow]}
            />
          )}
        </>
      )}
    </>
  )
}

/** “step 400, hidden 2: 11 of 64 directions carry 99 %, saturation 17 %”. */
function describeCell(
  run: RunState,
  column: RunState['history']['columns'][number] | undefined,
  row: number,
  options: SpectrumOptions,
): string {
  const output = run.started.outputs[row]
  const measured = column?.spectra[row]
  if (!output || !column || !measured) return 'nothing measured yet'
  const spectrum = describeSpectrum(measured, output.width, options)
  const share = spectrum.state === 'ok' ? `, saturation ${formatShare(spectrum.saturation)}` : ''
  return `step ${formatCount(column.step)}, ${output.name}: ${describeDirections(spectrum, output.width)}${share}`
}
