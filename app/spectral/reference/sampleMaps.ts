import { sampledShape, type FeatureMaps, type Pooling, type Sampling } from '../sampling'

/** An activation matrix [rows, columns] without padding. */
export interface SampledRows {
  readonly values: ArrayLike<number>
  readonly rows: number
  readonly columns: number
}

/**
 * The rows that feature maps [samples · positions, channels] give, in float64. Flattened, the features of a position
 * stand together; a spectrum knows no order of features.
 */
export function sampleMaps(
  sampling: Sampling,
  values: ArrayLike<number>,
  samples: number,
  maps: FeatureMaps,
): SampledRows {
  const { width, positions } = sampledShape(sampling, maps)
  const isPooled = sampling !== 'channelwise' && sampling !== 'flatten'
  const sampled = isPooled && maps.positions > 1 ? poolMaps(sampling, values, samples, maps) : values
  return { values: sampled, rows: samples * positions, columns: width }
}

/** @returns [samples, channels] */
function poolMaps(
  pooling: Pooling,
  values: ArrayLike<number>,
  samples: number,
  { channels, positions }: FeatureMaps,
): Float64Array {
  const pooled = new Float64Array(samples * channels)
  const map = new Float64Array(positions)
  for (let sample = 0; sample < samples; sample++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let position = 0; position < positions; position++) {
        map[position] = values[(sample * positions + position) * channels + channel]!
      }
      pooled[sample * channels + channel] = poolMap(pooling, map)
    }
  }
  return pooled
}

/** NaN where one of them is NaN. */
function poolMap(pooling: Pooling, map: Float64Array): number {
  if (map.some(Number.isNaN)) return Number.NaN
  switch (pooling) {
    case 'mean':
      return map.reduce((sum, value) => sum + value, 0) / map.length
    case 'max':
      return map.reduce((largest, value) => Math.max(largest, value), -Infinity)
    case 'median':
      return map.toSorted()[Math.floor((map.length - 1) / 2)]!
  }
}
