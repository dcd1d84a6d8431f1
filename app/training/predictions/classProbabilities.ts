import type { Task } from '../../data/dataset'
import type { LossSpec } from '../../experiment/spec'

/** Writes e^z / Σ e^z of the logits to `target` from `start` on. */
export function softmax(logits: Float32Array, target: Float32Array, start: number): void {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity)
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - largest)
  logits.forEach((logit, index) => {
    target[start + index] = Math.exp(logit - largest) / sum
  })
}

/**
 * What a network with this loss says of the classes of one sample; undefined where it does not speak of probabilities.
 * @param logits its outputs.
 * @returns by class.
 */
export function classProbabilities(logits: Float32Array, loss: LossSpec, task: Task): Float32Array | undefined {
  if (task.kind !== 'classification') return undefined
  if (loss.kind === 'crossEntropy') {
    const probabilities = new Float32Array(logits.length)
    softmax(logits, probabilities, 0)
    return probabilities
  }
  if (loss.kind !== 'binaryCrossEntropy') return undefined
  const each = logits.map((logit) => 1 / (1 + Math.exp(-logit)))
  // A single output is the probability of the second class.
  return each.length === 1 ? Float32Array.of(1 - each[0]!, each[0]!) : each
}
