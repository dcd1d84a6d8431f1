import { NO_CLASS } from '../../metrics/confusion'
import type { LossSpec } from '../../experiment/spec'

/** What a network says of a number of samples. */
export interface ClassReading {
  /** [rows] the class of the largest output, of equal ones the first; `NO_CLASS` where an output is NaN. */
  readonly predicted: Uint16Array
  /** [rows, classes] probabilities; with mean squared error the outputs, which come close to 1 and 0. */
  readonly scores: Float32Array
}

/**
 * Reads classes off outputs as the loss does: softmax for cross-entropy, a yes or no of each output for binary
 * cross-entropy, a single one of which stands for the second of two classes.
 * @param outputs [rows, outputs] of the last layer.
 */
export function readClasses(loss: LossSpec['kind'], outputs: Float32Array, rows: number): ClassReading {
  const width = outputs.length / rows
  const isSingle = width === 1
  const classes = isSingle ? 2 : width
  const predicted = new Uint16Array(rows)
  const scores = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const own = outputs.subarray(row * width, (row + 1) * width)
    const into = scores.subarray(row * classes, (row + 1) * classes)
    if (isSingle) into.set([sigmoid(-own[0]!), sigmoid(own[0]!)])
    else scoreAll(loss, own, into)
    predicted[row] = own.some(Number.isNaN) ? NO_CLASS : isSingle ? Number(own[0]! > 0) : largestOf(own)
  }
  return { predicted, scores }
}

function scoreAll(loss: LossSpec['kind'], outputs: Float32Array, into: Float32Array): void {
  if (loss === 'crossEntropy') softmax(outputs, into)
  else outputs.forEach((output, index) => (into[index] = loss === 'meanSquaredError' ? output : sigmoid(output)))
}

/** Probabilities of outputs as cross-entropy sees them. */
function softmax(outputs: Float32Array, into: Float32Array): void {
  const largest = outputs.reduce((most, output) => Math.max(most, output), -Infinity)
  let sum = 0
  for (const output of outputs) sum += Math.exp(output - largest)
  outputs.forEach((output, index) => (into[index] = Math.exp(output - largest) / sum))
}

function sigmoid(output: number): number {
  return 1 / (1 + Math.exp(-output))
}

function largestOf(outputs: Float32Array): number {
  return outputs.reduce((best, output, index) => (output > outputs[best]! ? index : best), 0)
}
