import { minimise, type Objective } from './minimise'

/** Standardised features of samples, row-major, and the class of each. */
export interface LabelledFeatures {
  /** [samples, width]. */
  readonly features: Float64Array
  readonly width: number
  /** Class numbers. */
  readonly labels: ArrayLike<number>
}

/** Weights [classes, width + 1]: of each class first those of the features, then its bias. */
export interface SoftmaxClassifier {
  readonly weights: Float64Array
  readonly classes: number
}

/**
 * Weight of ½‖W‖² beside the mean cross-entropy. Strong enough that a few thousand samples determine a thousand weights
 * per class, and that a few dozen steps find them.
 */
const PENALTY = 1e-2
/** Of the gradient's elements. The loss is then within 5e-7 per weight of the least: too little to flip predictions. */
const TOLERANCE = 1e-4
const MOST_STEPS = 300

/**
 * The linear classifier of least mean cross-entropy plus PENALTY/2·‖W‖²; biases are free. The problem is convex, so
 * there is one.
 */
export function fitSoftmax(data: LabelledFeatures, classes: number): SoftmaxClassifier {
  const weights = new Float64Array(classes * (data.width + 1))
  const objective: Objective = (at, gradient) => penalisedLoss(data, classes, at, gradient)
  minimise(objective, weights, { tolerance: TOLERANCE, mostSteps: MOST_STEPS })
  return { weights, classes }
}

/** The class of the largest output, by sample; of equal ones the first. */
export function classify({ weights, classes }: SoftmaxClassifier, features: Float64Array, width: number): Uint32Array {
  const logits = new Float64Array(classes)
  return Uint32Array.from({ length: features.length / width }, (_, sample) => {
    computeLogits(weights, features, sample * width, width, logits)
    return logits.reduce((best, logit, label) => (logit > logits[best]! ? label : best), 0)
  })
}

function penalisedLoss(
  { features, width, labels }: LabelledFeatures,
  classes: number,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const samples = labels.length
  const logits = new Float64Array(classes)
  gradient.fill(0)
  let loss = 0
  for (let sample = 0; sample < samples; sample++) {
    computeLogits(weights, features, sample * width, width, logits)
    loss += softmaxGradient(logits, labels[sample]!) / samples
    addOuterProduct(gradient, logits, features, sample * width, width, 1 / samples)
  }
  for (let index = 0; index < weights.length; index++) {
    if (index % (width + 1) === width) continue
    loss += 0.5 * PENALTY * weights[index]! ** 2
    gradient[index]! += PENALTY * weights[index]!
  }
  return loss
}

function computeLogits(
  weights: Float64Array,
  features: Float64Array,
  first: number,
  width: number,
  logits: Float64Array,
): void {
  for (let label = 0; label < logits.length; label++) {
    const row = label * (width + 1)
    // Several sums, so that one addition need not wait for the one before.
    let even = weights[row + width]!
    let odd = 0
    let feature = 0
    for (; feature + 1 < width; feature += 2) {
      even += weights[row + feature]! * features[first + feature]!
      odd += weights[row + feature + 1]! * features[first + feature + 1]!
    }
    if (feature < width) even += weights[row + feature]! * features[first + feature]!
    logits[label] = even + odd
  }
}

/** Logits become the gradient of the cross-entropy in them. @returns the cross-entropy. */
function softmaxGradient(logits: Float64Array, label: number): number {
  let largest = -Infinity
  for (const logit of logits) largest = Math.max(largest, logit)
  const own = logits[label]! - largest
  let sum = 0
  for (let index = 0; index < logits.length; index++) {
    logits[index] = Math.exp(logits[index]! - largest)
    sum += logits[index]!
  }
  for (let index = 0; index < logits.length; index++) logits[index]! /= sum
  logits[label]! -= 1
  return Math.log(sum) - own
}

/** gradient += scale · outputs ⊗ [features, 1]. */
function addOuterProduct(
  gradient: Float64Array,
  outputs: Float64Array,
  features: Float64Array,
  first: number,
  width: number,
  scale: number,
): void {
  for (let label = 0; label < outputs.length; label++) {
    const share = outputs[label]! * scale
    const row = label * (width + 1)
    for (let feature = 0; feature < width; feature++) gradient[row + feature]! += share * features[first + feature]!
    gradient[row + width]! += share
  }
}
