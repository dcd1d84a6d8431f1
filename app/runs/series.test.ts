import { describe, expect, test } from 'vitest'
import { DecimatedColumns } from './columnSeries'
import { DecimatedLoss } from './lossSeries'

function column(step: number) {
  return { step, spectra: [], heldOutLoss: undefined, heldOutAccuracy: undefined }
}

describe('DecimatedLoss', () => {
  test('keeps every step as it came while there is room', () => {
    const series = new DecimatedLoss()
    series.append(1, Float32Array.of(4, 2), Float32Array.of(0.25, 0.5))
    series.append(3, Float32Array.of(1), Float32Array.of(0.75))
    expect([...series.steps.subarray(0, series.length)]).toEqual([1, 2, 3])
    expect([...series.loss.subarray(0, series.length)]).toEqual([4, 2, 1])
    expect([...series.accuracy.subarray(0, series.length)]).toEqual([0.25, 0.5, 0.75])
  })

  test('stays bounded over a million steps and keeps the mean of all of them', () => {
    const series = new DecimatedLoss()
    const steps = 1_000_000
    for (let first = 1; first <= steps; first += 1_000) {
      const loss = Float32Array.from({ length: 1_000 }, (_, index) => (first + index) / steps)
      series.append(first, loss, loss)
    }
    expect(series.length).toBeLessThanOrEqual(4_096)
    expect(series.length).toBeGreaterThan(1_024)
    const shown = series.loss.subarray(0, series.length)
    const mean = shown.reduce((sum, loss) => sum + loss, 0) / series.length
    expect(mean).toBeCloseTo(0.5, 2)
    // Every point is the mean of the steps that end with its own.
    const gap = series.steps[1]! - series.steps[0]!
    for (let index = 0; index < series.length; index++) {
      expect(shown[index]).toBeCloseTo((series.steps[index]! - (gap - 1) / 2) / steps, 5)
    }
  })
})

describe('DecimatedColumns', () => {
  test('keeps all columns while there is room', () => {
    const series = new DecimatedColumns()
    series.append([column(0), column(3)])
    series.append([column(7)])
    expect(series.columns.map(({ step }) => step)).toEqual([0, 3, 7])
  })

  test('when full keeps the first, the newest and evenly spread ones between', () => {
    const series = new DecimatedColumns()
    for (let step = 0; step < 10_000; step++) {
      series.append([column(step)])
      expect(series.columns.at(-1)?.step).toBe(step)
    }
    const steps = series.columns.map(({ step }) => step)
    expect(steps.length).toBeLessThanOrEqual(1_024)
    expect(steps[0]).toBe(0)
    const gaps = new Set(steps.slice(1, -1).map((step, index) => step - steps[index]!))
    expect([...gaps]).toEqual([16])
  })

  test('gives a new array after every append, so that readers can tell', () => {
    const series = new DecimatedColumns()
    series.append([column(0)])
    const before = series.columns
    series.append([column(1)])
    expect(series.columns).not.toBe(before)
    expect(before).toHaveLength(1)
  })
})
