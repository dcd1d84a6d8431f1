import { classify, fitSoftmax } from './softmaxRegression'

/** What a probe is fitted to and what it is judged on, of one layer. */
export interface ProbeProblem {
  /** Features per sample. */
  readonly width: number
  readonly classes: number
  readonly training: ProbeSamples
  readonly heldOut: ProbeSamples
}

interface ProbeSamples {
  /** [samples, width]. */
  readonly features: Float32Array
  /** Class numbers. */
  readonly labels: Uint32Array
}

/**
 * How well a linear classifier reads the class off a layer: softmax regression on its standardised features.
 * @returns share of the held-out samples that it classifies correctly; undefined where a feature is NaN or infinite.
 */
export function solveProbe({ width, classes, training, heldOut }: ProbeProblem): number | undefined {
  if (!training.features.every(Number.isFinite) || !heldOut.features.every(Number.isFinite)) return undefined
  const moments = featureMoments(training.features, width)
  const features = standardise(training.features, width, moments)
  const classifier = fitSoftmax({ features, width, labels: training.labels }, classes)
  const predicted = classify(classifier, standardise(heldOut.features, width, moments), width)
  const correct = predicted.filter((label, sample) => label === heldOut.labels[sample]).length
  return correct / heldOut.labels.length
}

interface Moments {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

function featureMoments(features: Float32Array, width: number): Moments {
  const samples = features.length / width
  const mean = new Float64Array(width)
  const variance = new Float64Array(width)
  features.forEach((value, index) => (mean[index % width]! += value / samples))
  features.forEach((value, index) => (variance[index % width]! += (value - mean[index % width]!) ** 2 / samples))
  return { mean, deviation: variance.map(Math.sqrt) }
}

/** A feature that varies by less than this share of its mean is constant to f32: nothing can be read from it. */
const ROUNDING = 1e-6

/** To mean 0 and deviation 1; constant features become 0. */
function standardise(features: Float32Array, width: number, { mean, deviation }: Moments): Float64Array {
  const standardised = new Float64Array(features.length)
  features.forEach((value, index) => {
    const feature = index % width
    const spread = deviation[feature]!
    const isConstant = spread <= ROUNDING * Math.abs(mean[feature]!)
    standardised[index] = isConstant ? 0 : (value - mean[feature]!) / spread
  })
  return standardised
}
