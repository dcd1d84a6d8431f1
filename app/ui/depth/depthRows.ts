import { measurableNames, placeOf } from '../../experiment/layerNames'
import type { ReceptiveField } from '../../experiment/receptiveField'
import type { ExperimentSpec, LayerSpec } from '../../experiment/spec'
import { positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { describeSpectrum, type LayerSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, LinearProbes } from '../../runs/state'
import { findLayerFields, type LayerFields } from '../model/layerFields'

/** What is known of one measured layer, in order of depth. */
export interface DepthRow {
  readonly name: string
  /** Which of the run's measured outputs it is. */
  readonly output: number
  /** Units or channels. */
  readonly width: number
  /** Undefined before the first column. */
  readonly spectrum: LayerSpectrum | undefined
  /** Held-out accuracy of the layer's linear probe; undefined where none was measured. */
  readonly accuracy: number | undefined
  /** Undefined where it looks at all there is, or where there are no places. */
  readonly field: ReceptiveField | undefined
  readonly border: Border | undefined
}

/** What is predicted from a layer on. */
export interface Border {
  /** Whether nothing new can come into view, or only past residual blocks. */
  readonly kind: 'certain' | 'possible'
  /** The layer from which on: this one, or one before it that is not measured. */
  readonly from: string
}

interface DepthSources {
  readonly spec: ExperimentSpec
  readonly outputs: readonly { readonly name: string; readonly width: number }[]
  /** Of a sample. */
  readonly shape: TensorShape
  readonly column: HistoryColumn | undefined
  readonly probes: LinearProbes | undefined
  readonly reading: SpectrumOptions
}

export function depthRows({ spec, outputs, shape, column, probes, reading }: DepthSources): readonly DepthRow[] {
  const fields = positionsOf(shape) > 1 ? findLayerFields(spec.layers, shape) : undefined
  const borders = fields && placeBorders(spec.layers, fields, outputs)
  return outputs.map(({ name, width }, index) => {
    const measured = column?.spectra[index]
    return {
      name,
      output: index,
      width,
      spectrum: measured && describeSpectrum(measured, width, reading),
      accuracy: probes?.accuracy[index],
      field: fields?.of(name),
      border: borders?.get(name),
    }
  })
}

/** Borders by the first measured layer at or after each that still widens its view; projections do not. */
function placeBorders(
  layers: readonly LayerSpec[],
  fields: LayerFields,
  outputs: DepthSources['outputs'],
): ReadonlyMap<string, Border> {
  const order = measurableNames(layers)
  const candidates = order.filter(
    (name) => fields.of(name) && outputs.some((output) => output.name === name) && placeOf(layers, name) !== undefined,
  )
  const placed = new Map<string, Border>()
  for (const kind of ['possible', 'certain'] as const) {
    const from = order.find((name) => fields.borderAt(name) === kind)
    const shown = from === undefined ? undefined : candidates.find((name) => order.indexOf(name) >= order.indexOf(from))
    if (from !== undefined && shown !== undefined) placed.set(shown, { kind, from })
  }
  return placed
}

/** The probes that were newest at a step; undefined step: at present. */
export function probesAt(measured: readonly LinearProbes[], step: number | undefined): LinearProbes | undefined {
  return step === undefined ? measured.at(-1) : measured.findLast((probes) => probes.step <= step)
}
