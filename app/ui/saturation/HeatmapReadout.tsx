import type { SpectrumOptions } from '../../metrics/layerSpectrum'
import type { RunState } from '../../runs/state'
import type { ElementSize } from '../charts/useElementSize'
import { rowBands } from './cellLayout'
import { DifferenceFinding, SaturationFinding, type MeasuredLayer } from './CellFinding'
import { describeUnmatched } from './differenceText'
import type { PlacedHeatmap } from './HeatmapControl'
import { heldColumn } from './heldColumn'
import { Readout } from './Readout'
import type { Racer } from './useRacers'

interface HeatmapReadoutProps {
  readonly heatmap: PlacedHeatmap
  readonly row: number
  readonly names: readonly string[]
  readonly shownStep: number
  readonly options: SpectrumOptions
  readonly size: ElementSize
  /** Whom the differences are to, where these are shown, with which of its outputs each row is. */
  readonly baseline: (Racer & { readonly places: readonly (number | undefined)[] }) | undefined
}

/** What the cell of a row under the crosshair says. */
export function HeatmapReadout(props: HeatmapReadoutProps) {
  const { heatmap, row, names, shownStep, options, size, baseline } = props
  const { letter, run, tile, plot, places } = heatmap
  const band = rowBands(0, plot.height, names.length, 1)[row]
  const column = heldColumn(run, shownStep)
  if (!band || !column) return null
  const own = layerAt(run, places[row], shownStep)
  const other = baseline?.run && layerAt(baseline.run, baseline.places[row], shownStep)
  const isSingle = tile.headingHeight === 0 && !baseline
  const unmatched =
    baseline && describeUnmatched(places[row], baseline.places[row], { own: letter, baseline: baseline.letter })
  if (!own && !unmatched) return null
  return (
    <Readout
      {...{ tile, plot, size }}
      place={isSingle ? (names[row] ?? '') : `${letter} · ${names[row]}`}
      step={column.step}
      middle={band.start + band.size / 2}
    >
      {unmatched !== undefined && <p>This layer is {unmatched}.</p>}
      {own && baseline && other && (
        <DifferenceFinding
          own={{ letter, ...own }}
          baseline={{ letter: baseline.letter, ...other }}
          options={options}
        />
      )}
      {own && !(baseline && other) && <SaturationFinding {...own} options={options} />}
    </Readout>
  )
}

/** What a run measured of one of its outputs at a step. */
function layerAt(run: RunState, output: number | undefined, step: number): Omit<MeasuredLayer, 'letter'> | undefined {
  if (output === undefined) return undefined
  const measured = heldColumn(run, step)?.spectra[output]
  const width = run.started.outputs[output]?.width
  return measured && width !== undefined ? { measured, width } : undefined
}
