import { expect, test } from 'vitest'
import { roundWidthUp } from './widths'

test('widths are rounded up to ones a person would type', () => {
  const rounded = [0, 1, 2, 3, 5, 7, 9, 13, 14, 17, 33, 50, 97, 1000].map(roundWidthUp)
  expect(rounded).toEqual([2, 2, 2, 3, 6, 8, 12, 16, 16, 24, 48, 64, 128, 1024])
})

test('a round width stays, and no width is rounded by more than half of it', () => {
  for (let units = 2; units <= 2048; units++) {
    const rounded = roundWidthUp(units)
    expect(roundWidthUp(rounded)).toBe(rounded)
    expect(rounded).toBeGreaterThanOrEqual(units)
    expect(rounded).toBeLessThan(1.5 * units)
  }
})
