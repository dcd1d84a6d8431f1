/**
 * How feature maps become rows of an activation matrix. `channelwise`: every position is a row, d = channels; `mean`,
 * `max`, `median`: each map is pooled to one number, a sample is a row, d = channels (of an even number of positions the
 * lower median, as PyTorch takes it); `flatten`: a sample is a row, d = positions · channels.
 */
export type Sampling = 'channelwise' | 'flatten' | Pooling
export type Pooling = 'mean' | 'max' | 'median'

/** What a layer makes of a sample; dense layers have one position. */
export interface FeatureMaps {
  readonly channels: number
  readonly positions: number
}

/** What a sample brings to an activation matrix. */
export interface SampledShape {
  /** d */
  readonly width: number
  /** Rows. */
  readonly positions: number
}

export function sampledShape(sampling: Sampling, { channels, positions }: FeatureMaps): SampledShape {
  if (sampling === 'channelwise') return { width: channels, positions }
  return { width: sampling === 'flatten' ? positions * channels : channels, positions: 1 }
}

/** Times that a pooling reads every number: a median's 32 bits are found one by one, and NaN is looked for. */
export const POOLING_ROUNDS: Readonly<Record<Pooling, number>> = { mean: 1, max: 1, median: 33 }

/** Floating-point operations that sampling and covariance take of a sample. */
export function measuringCost(sampling: Sampling, maps: FeatureMaps): number {
  const { width, positions } = sampledShape(sampling, maps)
  const covariance = positions * width * (width + 1)
  if (sampling === 'channelwise' || sampling === 'flatten' || maps.positions === 1) return covariance
  return covariance + POOLING_ROUNDS[sampling] * maps.positions * maps.channels
}
