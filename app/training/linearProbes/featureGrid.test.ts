import { expect, test } from 'vitest'
import { featureGrid } from './featureGrid'

const grid = (height: number, width: number, channels: number) => {
  const { height: rows, width: columns } = featureGrid({ height, width, channels })
  return [rows, columns]
}

test('images are averaged over 4 × 4 cells, small ones kept as they are', () => {
  expect(grid(32, 32, 64)).toEqual([4, 4])
  expect(grid(3, 9, 64)).toEqual([3, 4])
  expect(grid(1, 1, 3_000)).toEqual([1, 1])
})

test('many channels get a coarser grid, down to a single cell', () => {
  expect(grid(32, 32, 65)).toEqual([3, 3])
  expect(grid(32, 32, 256)).toEqual([2, 2])
  expect(grid(32, 32, 257)).toEqual([1, 1])
})
