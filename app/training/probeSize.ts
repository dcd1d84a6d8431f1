import { enoughSamples } from '../metrics/layerSpectrum'
import { measuringCost, sampledShape, type FeatureMaps, type Sampling } from '../spectral/sampling'

/** What a column costs and how many samples it may take. */
export interface ProbeDemand {
  /** As asked for. */
  readonly samples: number
  readonly sampling: Sampling
  /** What is measured. */
  readonly outputs: readonly FeatureMaps[]
  /** Floating-point operations of a sample's way through the network. */
  readonly flopsPerSample: number
  /** Whether all is computed on the CPU, by a software adapter or in float64. */
  readonly software: boolean
}

/** Floating-point operations of a column: about two seconds on a CPU, a tenth of a second at 1 TFLOP/s. */
const SOFTWARE_OPERATIONS = 4e9
const GPU_OPERATIONS = 1e11

/**
 * Samples a column is to be measured on: as many as asked for, or fewer where their way through the network and the
 * covariances would take too long; never fewer than give ten rows per feature in every output and, where positions of
 * images are rows, 64 images, for below that k is biased low.
 */
export function probeSize({ samples, sampling, outputs, flopsPerSample, software }: ProbeDemand): number {
  const operations = outputs.reduce((sum, maps) => sum + measuringCost(sampling, maps), flopsPerSample)
  const affordable = Math.floor((software ? SOFTWARE_OPERATIONS : GPU_OPERATIONS) / operations)
  return Math.max(Math.min(samples, affordable), ...outputs.map((maps) => enoughSamples(sampledShape(sampling, maps))))
}
