import { expect, test } from 'vitest'
import { foldWorkgroups } from './plan'

const MOST = 65_535

test.each([0, 1, MOST])('%i workgroups stay in one dimension', (count) => {
  expect(foldWorkgroups(count)).toEqual([count, 1, 1])
})

test.each([MOST + 1, 100_003, 2 * MOST, 2 * MOST + 1, 10_000_019])(
  '%i workgroups fold to two dimensions with less than a row to spare',
  (count) => {
    const [x, y, z] = foldWorkgroups(count)
    expect(Math.max(x, y)).toBeLessThanOrEqual(MOST)
    expect(z).toBe(1)
    expect(x * y).toBeGreaterThanOrEqual(count)
    expect(x * y - count).toBeLessThan(y)
  },
)
