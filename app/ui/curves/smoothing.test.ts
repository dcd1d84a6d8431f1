import { describe, expect, it } from 'vitest'
import { smooth, smoothingOver, stepsAveraged, type Line } from './smoothing'

function line(values: readonly number[], stepsPerPoint = 1): Line {
  return { steps: values.map((_, index) => (index + 1) * stepsPerPoint), values, length: values.length }
}

describe('smoothing', () => {
  it('leaves the line as it is at 0', () => {
    const original = line([3, 1, 2])
    expect(smooth(original, 0)).toBe(original)
  })

  it('keeps a constant exactly, from the first point on', () => {
    const { values } = smooth(line([5, 5, 5, 5]), 0.9)
    for (let index = 0; index < 4; index++) expect(values[index]).toBeCloseTo(5, 12)
  })

  it('is the weighted mean Σ wᵢxᵢ/Σ wᵢ', () => {
    const values = [2, 0, 4]
    const smoothed = smooth(line(values), 0.5).values
    expect(smoothed[1]).toBeCloseTo((0.5 * 2 + 0) / 1.5, 12)
    expect(smoothed[2]).toBeCloseTo((0.25 * 2 + 0 + 4) / 1.75, 12)
  })

  it('means the same after neighbouring points were merged', () => {
    const fine = Array.from({ length: 400 }, (_, index) => 2 * Math.exp(-index / 90))
    const coarse = Array.from(
      { length: 100 },
      (_, index) => fine.slice(4 * index, 4 * index + 4).reduce((a, b) => a + b) / 4,
    )
    const fineEnd = smooth(line(fine), 0.97).values
    const coarseEnd = smooth(line(coarse, 4), 0.97).values
    for (const point of [20, 50, 99]) {
      expect(Math.abs(coarseEnd[point]! - fineEnd[4 * point + 3]!)).toBeLessThan(0.01)
    }
  })

  it('passes over what is not finite and goes on after it', () => {
    const smoothed = smooth(line([1, Number.NaN, Infinity, 1]), 0.9).values
    expect(smoothed[1]).toBeNaN()
    expect(smoothed[2]).toBeNaN()
    expect(smoothed[3]).toBeCloseTo(1, 12)
  })

  it('is named by the steps it looks back on', () => {
    expect(stepsAveraged(0)).toBe(1)
    expect(stepsAveraged(0.9)).toBe(10)
    expect(stepsAveraged(smoothingOver(350))).toBe(350)
    expect(smoothingOver(1)).toBe(0)
  })
})
