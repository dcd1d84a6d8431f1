import { placeOf } from '../../experiment/layerNames'
import type { ReceptiveField } from '../../experiment/receptiveField'
import type { ExperimentSpec } from '../../experiment/spec'
import { positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { describeSpectrum, type LayerSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, LinearProbes } from '../../runs/state'
import { findLayerFields } from '../model/layerFields'

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
  /** Whether nothing new can come into its view, or only past residual blocks. */
  readonly border: 'certain' | 'possible' | undefined
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
  return outputs.map(({ name, width }, index) => {
    const measured = column?.spectra[index]
    const place = placeOf(spec.layers, name)
    return {
      name,
      output: index,
      width,
      spectrum: measured && describeSpectrum(measured, width, reading),
      accuracy: probes?.accuracy[index],
      field: place === undefined ? undefined : fields?.at(place),
      border: fields?.borderAt(name),
    }
  })
}

/** The probes that were newest at a step; undefined step: at present. */
export function probesAt(measured: readonly LinearProbes[], step: number | undefined): LinearProbes | undefined {
  return step === undefined ? measured.at(-1) : measured.findLast((probes) => probes.step <= step)
}
