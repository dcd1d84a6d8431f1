import { positionsOf } from '../../experiment/tensorShape'
import type { TensorBatch } from '../kernels/tensorBatch'
import { createMatrix, type Matrix } from './matrix'

/**
 * The mean of all positions of each sample, channel by channel.
 * @param input [rows · positions, channels].
 * @returns [rows, channels].
 */
export function globalAverageForward(input: Matrix, batch: TensorBatch): Matrix {
  const positions = positionsOf(batch.input)
  const result = createMatrix(batch.rows, input.columns)
  input.values.forEach((value, element) => {
    const sample = Math.floor(element / (positions * input.columns))
    result.values[sample * input.columns + (element % input.columns)]! += value / positions
  })
  return result
}

/**
 * Its share of the gradient in its input: an equal part at every position.
 * @param outputGradient [rows, channels].
 * @returns [rows · positions, channels].
 */
export function globalAverageBackward(outputGradient: Matrix, batch: TensorBatch): Matrix {
  const positions = positionsOf(batch.input)
  const { columns } = outputGradient
  const share = createMatrix(batch.rows * positions, columns)
  for (let element = 0; element < share.values.length; element++) {
    const sample = Math.floor(element / (positions * columns))
    share.values[element] = outputGradient.values[sample * columns + (element % columns)]! / positions
  }
  return share
}
