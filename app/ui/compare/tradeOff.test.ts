import { describe, expect, it } from 'vitest'
import type { RunCurves } from '../curves/runCurves'
import { nearestPoint, placeLetters, sizeRange, steadyRange, tradeOffPoint, type Range } from './tradeOff'

const heldOut = { steps: [0, 40, 80], values: [0.1, 0.6, 0.9], length: 3 }
const nothing = { steps: [], values: [], length: 0 }
const curve: RunCurves = { letter: 'B', raw: nothing, training: nothing, heldOut, reached: 96 }

describe('a run as a point', () => {
  it('is at its newest value, with where it was at even distances before', () => {
    const { value, trail } = tradeOffPoint(curve, 'heldOut', 500, undefined)
    expect(value).toBe(0.9)
    expect(trail).toEqual([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.9, 0.9])
  })

  it('goes back to the step that is looked at', () => {
    const { value, trail } = tradeOffPoint(curve, 'heldOut', 500, 48)
    expect(value).toBe(0.6)
    expect(Math.max(...trail)).toBe(0.6)
  })

  it('is nowhere at a step it has not reached', () => {
    expect(tradeOffPoint(curve, 'heldOut', 500, 97).value).toBeNaN()
  })
})

describe('the range of values', () => {
  it('reaches from what is perfect to a round number beyond the worst', () => {
    expect(steadyRange([0.82, 0.88], 'accuracy')).toEqual({ low: 0.8, high: 1 })
    expect(steadyRange([0.999, 1], 'accuracy')).toEqual({ low: 0.975, high: 1 })
    expect(steadyRange([0.1, 0.9], 'accuracy')).toEqual({ low: 0, high: 1 })
    expect(steadyRange([0.02, 1.4], 'loss')).toEqual({ low: 0, high: 1.5 })
  })

  it('moves seldom while values rise from chance to their end', () => {
    let range: Range | undefined
    const seen = new Set<Range>()
    for (let step = 0; step <= 100; step++) {
      const accuracy = 0.1 + 0.88 * (1 - Math.exp(-step / 20))
      range = steadyRange([accuracy, accuracy - 0.05], 'accuracy', range)
      expect(range.low).toBeLessThanOrEqual(accuracy - 0.05)
      seen.add(range)
    }
    expect(seen.size).toBeLessThanOrEqual(4)
    expect(range?.low).toBeGreaterThan(0.6)
  })

  it('does not flicker where a value trembles at its end', () => {
    let range = steadyRange([0.98], 'loss')
    const ranges = [1.01, 0.98, 1.02, 0.97].map((loss) => (range = steadyRange([loss], 'loss', range)))
    expect(new Set(ranges).size).toBe(1)
  })

  it('rests where nothing is measured', () => {
    const before = { low: 0.2, high: 1 }
    expect(steadyRange([Number.NaN], 'accuracy', before)).toBe(before)
    expect(steadyRange([], 'loss')).toEqual({ low: 0, high: 1 })
  })
})

describe('the range of sizes', () => {
  it('has round ends, and room around a single size', () => {
    expect(sizeRange([6162, 22_730])).toEqual({ low: 5000, high: 50_000 })
    const { low, high } = sizeRange([1000])
    expect(low).toBeLessThan(1000)
    expect(high / low).toBeGreaterThanOrEqual(5)
  })
})

describe('letters beside points', () => {
  it('move apart where points lie close together, and nowhere else', () => {
    const points = [
      { x: 10, y: 50 },
      { x: 12, y: 52 },
      { x: 100, y: 51 },
    ]
    const [first, second, third] = placeLetters(points, 0, 100)
    expect(Math.abs(second! - first!)).toBeGreaterThanOrEqual(14)
    expect(third).toBe(51)
  })

  it('stay inside', () => {
    const heights = placeLetters(
      [0, 1, 2, 3].map((y) => ({ x: 5, y })),
      6,
      60,
    )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(6)
    expect(new Set(heights).size).toBe(4)
  })
})

describe('the point that is meant', () => {
  const points = [
    { x: 10, y: 10 },
    { x: 30, y: 10 },
  ]

  it('is the nearest to the pointer', () => {
    expect(nearestPoint(points, { x: 22, y: 14 })).toBe(1)
  })

  it('is none far from all', () => {
    expect(nearestPoint(points, { x: 22, y: 90 })).toBeUndefined()
    expect(nearestPoint([], { x: 0, y: 0 })).toBeUndefined()
  })
})
