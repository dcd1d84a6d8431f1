import type { Task } from '../../data/dataset'
import type { LossSpec } from '../../experiment/spec'
import { NO_CLASS } from '../../metrics/confusion'
import { classProbabilities } from './classProbabilities'

/** What a network says of a number of samples. */
export interface ClassReading {
  /** [rows] the class of the largest output, of equal ones the first; `NO_CLASS` where an output is NaN. */
  readonly predicted: Uint16Array
  /** [rows, classes] probabilities; with mean squared error the outputs, which come close to 1 and 0. */
  readonly scores: Float32Array
}

/**
 * Reads classes off outputs as the loss does; a single output above 0 stands for the second of two classes.
 * @param outputs [rows, outputs] of the last layer.
 */
export function readClasses(
  loss: LossSpec,
  task: Task & { readonly kind: 'classification' },
  outputs: Float32Array,
  rows: number,
): ClassReading {
  const width = outputs.length / rows
  const predicted = new Uint16Array(rows)
  const scores = new Float32Array(rows * task.classes)
  for (let row = 0; row < rows; row++) {
    const own = outputs.subarray(row * width, (row + 1) * width)
    scores.set(classProbabilities(own, loss, task) ?? own, row * task.classes)
    predicted[row] = own.some(Number.isNaN) ? NO_CLASS : width === 1 ? Number(own[0]! > 0) : largestOf(own)
  }
  return { predicted, scores }
}

function largestOf(outputs: Float32Array): number {
  return outputs.reduce((best, output, index) => (output > outputs[best]! ? index : best), 0)
}
