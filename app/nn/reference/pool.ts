import { pooledShape } from '../../experiment/pooledShape'
import type { PoolShape } from '../kernels/pool'
import { createMatrix, type Matrix } from './matrix'

/**
 * Largest value or mean of each window, channel by channel; a window with NaN gives NaN.
 * @param input [rows · height · width, channels].
 * @returns [rows · windows, channels].
 */
export function poolForward(input: Matrix, shape: PoolShape): Matrix {
  const output = pooledShape(shape.input, shape)
  const result = createMatrix(shape.rows * output.height * output.width, input.columns)
  forEachWindow(shape, (window, positions) => {
    for (let channel = 0; channel < input.columns; channel++) {
      const at = (position: number) => input.values[position * input.columns + channel]!
      result.values[window * input.columns + channel] =
        shape.kind === 'maximum'
          ? at(firstMaximum(positions, at))
          : positions.reduce((sum, position) => sum + at(position), 0) / positions.length
    }
  })
  return result
}

/**
 * A pool's share of the gradient in its input: that of a window goes to the first of its largest values (NaN is the
 * largest) or in equal parts to all its positions.
 * @param outputGradient [rows · windows, channels].
 * @returns [rows · height · width, channels].
 */
export function poolBackward(outputGradient: Matrix, input: Matrix, shape: PoolShape): Matrix {
  const { columns } = input
  const share = createMatrix(input.rows, columns)
  forEachWindow(shape, (window, positions) => {
    for (let channel = 0; channel < columns; channel++) {
      const gradient = outputGradient.values[window * columns + channel]!
      if (shape.kind === 'maximum') {
        const position = firstMaximum(positions, (place) => input.values[place * columns + channel]!)
        share.values[position * columns + channel]! += gradient
      } else {
        for (const position of positions) share.values[position * columns + channel]! += gradient / positions.length
      }
    }
  })
  return share
}

/** @param visit gets the row of each window in the output and the rows of its positions in the input, in their order. */
function forEachWindow(shape: PoolShape, visit: (window: number, positions: readonly number[]) => void): void {
  const { rows, input, size, stride } = shape
  const output = pooledShape(input, shape)
  for (let window = 0; window < rows * output.height * output.width; window++) {
    const sample = Math.floor(window / (output.height * output.width))
    const top = (Math.floor(window / output.width) % output.height) * stride
    const left = (window % output.width) * stride
    const positions = Array.from({ length: size * size }, (_, index) => {
      const row = top + Math.floor(index / size)
      return (sample * input.height + row) * input.width + left + (index % size)
    })
    visit(window, positions)
  }
}

/** The first of the positions that holds the largest value; NaN is larger than everything. */
function firstMaximum(positions: readonly number[], at: (position: number) => number): number {
  return positions.reduce((best, position) => {
    const value = at(position)
    return value > at(best) || (Number.isNaN(value) && !Number.isNaN(at(best))) ? position : best
  })
}
