import type { UpsampleShape } from '../kernels/upsample'
import { createMatrix, type Matrix } from './matrix'

/**
 * Nearest-neighbour upsampling: each position becomes factor × factor equal ones.
 * @param input [rows · height · width, channels].
 * @returns [rows · height·factor · width·factor, channels].
 */
export function upsampleForward(input: Matrix, shape: UpsampleShape): Matrix {
  const { columns } = input
  const result = createMatrix(input.rows * shape.factor ** 2, columns)
  for (let row = 0; row < result.rows; row++) {
    const source = sourceRow(row, shape)
    result.values.set(input.values.subarray(source * columns, (source + 1) * columns), row * columns)
  }
  return result
}

/**
 * Its share of the gradient in its input: the sum over the positions that repeat one.
 * @param outputGradient [rows · height·factor · width·factor, channels].
 * @returns [rows · height · width, channels].
 */
export function upsampleBackward(outputGradient: Matrix, shape: UpsampleShape): Matrix {
  const { columns } = outputGradient
  const share = createMatrix(outputGradient.rows / shape.factor ** 2, columns)
  for (let row = 0; row < outputGradient.rows; row++) {
    const source = sourceRow(row, shape)
    for (let channel = 0; channel < columns; channel++) {
      share.values[source * columns + channel]! += outputGradient.values[row * columns + channel]!
    }
  }
  return share
}

/** The row of the input that a row of the result repeats. A sample's image rows are a multiple of the factor. */
function sourceRow(row: number, { input, factor }: UpsampleShape): number {
  const width = input.width * factor
  return Math.floor(row / width / factor) * input.width + Math.floor((row % width) / factor)
}
