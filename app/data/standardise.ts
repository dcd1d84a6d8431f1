import type { Standardise } from '../experiment/dataSpec'
import type { Samples, Split } from './samples'

/** Subtract `mean`, divide by `deviation`: value i of them is that of features i, i + n, …, n being how many there are. */
export interface Standardisation {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

type Inputs = Pick<Samples, 'shape' | 'features' | 'count' | 'copyInputs'>

/**
 * Mean and deviation (÷ n, not n − 1) of the training part alone: the held-out part must not leak into what the
 * network sees. A constant feature, or a constant data set, gets deviation 1.
 */
export function fitStandardisation(inputs: Inputs, split: Split, kind: Standardise): Standardisation {
  if (kind === 'none') return { mean: Float64Array.of(0), deviation: Float64Array.of(1) }
  const { mean, variance } = poolMoments(fitFeatures(inputs, split), groupCount(inputs, kind))
  return { mean, deviation: variance.map((value) => (value > 0 ? Math.sqrt(value) : 1)) }
}

/** Channels are the innermost dimension, so every `channels`-th feature belongs to the same one. */
function groupCount({ shape, features }: Inputs, kind: Exclude<Standardise, 'none'>): number {
  switch (kind) {
    case 'feature':
      return features
    case 'channel':
      return shape.channels
    case 'dataset':
      return 1
  }
}

/** Writes every sample, standardised, to the row that the split gives it: `into` is [count, features]. */
export function writeStandardised(inputs: Inputs, split: Split, fitted: Standardisation, into: Float32Array): void {
  const { features } = inputs
  const mean = perFeature(fitted.mean, features)
  const factor = perFeature(fitted.deviation, features).map((deviation) => 1 / deviation)
  const sample = new Float64Array(features)
  for (let row = 0; row < split.order.length; row++) {
    inputs.copyInputs(split.order[row]!, sample)
    const start = row * features
    for (let feature = 0; feature < features; feature++) {
      into[start + feature] = (sample[feature]! - mean[feature]!) * factor[feature]!
    }
  }
}

/** Values of whole samples as the network reads them; `fitted` as of a `Dataset`. */
export function standardiseValues(values: Float32Array, fitted: FittedValues): Float32Array {
  const { mean, deviation } = fitted
  const { length } = mean
  return values.map((value, index) => (value - mean[index % length]!) / deviation[index % length]!)
}

/** Values of whole samples as they were before standardisation, to float32 rounding. */
export function unstandardiseValues(values: Float32Array, fitted: FittedValues): Float32Array<ArrayBuffer> {
  const { mean, deviation } = fitted
  const { length } = mean
  return Float32Array.from(values, (value, index) => value * deviation[index % length]! + mean[index % length]!)
}

/** One of each for all, one per channel or one per feature: they repeat along a sample. */
interface FittedValues {
  readonly mean: Float32Array
  readonly deviation: Float32Array
}

interface Moments {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/**
 * Sums are taken about the first training sample, so that a feature such as a timestamp, whose mean dwarfs its
 * spread, keeps its variance, and a constant feature has variance 0 exactly.
 */
function fitFeatures(inputs: Inputs, split: Split): Moments {
  const { features } = inputs
  const pivot = new Float64Array(features)
  const sum = new Float64Array(features)
  const squares = new Float64Array(features)
  const sample = new Float64Array(features)
  inputs.copyInputs(split.order[0]!, pivot)
  for (let row = 0; row < split.trainingCount; row++) {
    inputs.copyInputs(split.order[row]!, sample)
    for (let feature = 0; feature < features; feature++) {
      const offset = sample[feature]! - pivot[feature]!
      sum[feature] = sum[feature]! + offset
      squares[feature] = squares[feature]! + offset * offset
    }
  }
  const count = split.trainingCount
  return {
    mean: sum.map((total, feature) => pivot[feature]! + total / count),
    variance: squares.map((total, feature) => total / count - (sum[feature]! / count) ** 2),
  }
}

/**
 * Moments over every `groups`-th feature together: the variance is the mean of the variances plus the variance of the
 * means.
 */
function poolMoments(moments: Moments, groups: number): Moments {
  if (moments.mean.length === groups) return moments
  const pooled = { mean: new Float64Array(groups), variance: new Float64Array(groups) }
  for (let group = 0; group < groups; group++) {
    const inGroup = (_: number, feature: number) => feature % groups === group
    const mean = moments.mean.filter(inGroup)
    const centre = average(mean)
    pooled.mean[group] = centre
    pooled.variance[group] =
      average(moments.variance.filter(inGroup)) + average(mean.map((value) => (value - centre) ** 2))
  }
  return pooled
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function perFeature(values: Float64Array, features: number): Float64Array {
  return Float64Array.from({ length: features }, (_, feature) => values[feature % values.length]!)
}
