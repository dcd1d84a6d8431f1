import type { Sampling } from '../experiment/spec'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import type { NodeOutputs } from '../nn/reference/passes'
import { referenceSpectrum } from '../spectral/reference/referenceSpectrum'
import { sampleMaps } from '../spectral/reference/sampleMaps'
import { countConstant, meanActivation, unitRanges } from '../spectral/reference/unitRanges'
import type { FeatureMaps } from '../spectral/sampling'
import type { UnitMeasurement } from './session'
import type { TrackedNode } from './trackedOutputs'

/** The float64 engine's measuring. */

/** @param values feature maps [samples · positions, channels]. */
export function measureSpectrum(
  sampling: Sampling,
  values: ArrayLike<number>,
  samples: number,
  maps: FeatureMaps,
): MeasuredSpectrum {
  const sampled = sampleMaps(sampling, values, samples, maps)
  const images = sampled.rows > samples ? samples : undefined
  return referenceSpectrum(sampled.values, sampled.rows, sampled.columns, images)
}

/** @param outputs by node. */
export function measureUnits(tracked: readonly TrackedNode[], outputs: readonly NodeOutputs[]): UnitMeasurement {
  const passedOn = tracked.map(({ final }) => outputs[final]!.activation)
  return {
    deadUnits: passedOn.map(({ values, rows, columns }, output) =>
      tracked[output]!.isMortal ? countConstant(unitRanges(values, rows, columns)) : undefined,
    ),
    meanActivations: passedOn.map(({ values, rows, columns }) => meanActivation(values, rows, columns)),
  }
}
