import type { GridBatch } from '../kernels/gridAverage'
import { createMatrix, type Matrix } from './matrix'

/**
 * Mean over each cell of a grid laid over an image, channel by channel. Cell i of g takes the positions from ⌊i·h/g⌋ up
 * to ⌈(i + 1)·h/g⌉ of h, as PyTorch's adaptive average pool does.
 * @param input [rows · height · width, channels].
 * @returns [rows · cells, channels].
 */
export function gridAverage(input: Matrix, { rows, input: image, grid }: GridBatch): Matrix {
  const { columns } = input
  const result = createMatrix(rows * grid.height * grid.width, columns)
  for (let cell = 0; cell < result.rows; cell++) {
    const sample = Math.floor(cell / (grid.height * grid.width))
    const [left, right] = cellAlong(cell % grid.width, image.width, grid.width)
    const [top, bottom] = cellAlong(Math.floor(cell / grid.width) % grid.height, image.height, grid.height)
    const positions = (bottom - top) * (right - left)
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const first = ((sample * image.height + y) * image.width + x) * columns
        for (let channel = 0; channel < columns; channel++) {
          result.values[cell * columns + channel]! += input.values[first + channel]! / positions
        }
      }
    }
  }
  return result
}

function cellAlong(cell: number, extent: number, cells: number): [number, number] {
  return [Math.floor((cell * extent) / cells), Math.ceil(((cell + 1) * extent) / cells)]
}
