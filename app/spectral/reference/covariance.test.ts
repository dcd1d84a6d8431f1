import { expect, test } from 'vitest'
import { correlatedActivations } from '../testing/activations'
import { chunkMeans } from './chunkMeans'
import { chunkScatters } from './chunkScatters'
import { covariance } from './covariance'
import { mergeChunks, noMoments } from './mergeChunks'

test('the covariance of three points is what it is by hand', () => {
  // Means 2 and 0; deviations (−1, 2), (0, −1), (1, −1).
  const result = covariance([1, 2, 2, -1, 3, -1], 3, 2)
  expect(result[0]).toBeCloseTo(2 / 3, 15)
  expect(result[2]).toBeCloseTo(-1, 15)
  expect(result[3]).toBeCloseTo(2, 15)
})

test('chunks of any length, merged over several passes, give the two-pass covariance', () => {
  const width = 8
  const rows = 131
  const values = correlatedActivations(rows, width, 20, 1)
  const exact = covariance(values, rows, width)
  for (const chunkRows of [1, 7, 64, 500]) {
    const moments = noMoments(width)
    const pivot = values.subarray(0, width)
    for (const [firstRow, endRow] of [
      [0, 50],
      [50, 51],
      [51, rows],
    ] as const) {
      const shape = { width, firstRow, endRow, chunkRows }
      const means = chunkMeans(values, pivot, shape)
      mergeChunks(moments, means, chunkScatters(values, pivot, means, shape), shape)
    }
    expect(moments.count).toBe(rows)
    const errors = exact.map((value, index) => Math.abs(moments.scatter[index]! / rows - value))
    expect(Math.max(...errors)).toBeLessThanOrEqual(1e-13)
  }
})
