import { expect, test } from 'vitest'
import { rowPixels } from './rowPixels'

const pixelsOf = (directions: readonly number[], width: number) => {
  const bytes = [...rowPixels(directions, width)]
  return directions.map((_, column) => bytes.slice(4 * column, 4 * column + 4))
}

test('every column is one pixel on a square-root scale from 0 to 100 %', () => {
  // The table of viridis at 1 and, for a quarter, at √0.25 = 0.5.
  expect(pixelsOf([80, 20], 80)).toEqual([
    [253, 231, 37, 255],
    [33, 144, 141, 255],
  ])
})

test('a dead layer shows no colour of the scale', () => {
  expect(pixelsOf([0, 80], 80)[0]).toEqual([0, 0, 0, 0])
})
