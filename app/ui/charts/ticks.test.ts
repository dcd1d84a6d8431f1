import { describe, expect, it } from 'vitest'
import { decadeTicks, directionTicks, logTicks, niceCeiling, niceFloor, niceTicks, niceTop, stepTicks } from './ticks'

describe('round numbers', () => {
  it.each([
    [0.03, 0.05],
    [1, 1],
    [1.1, 2],
    [2.3, 5],
    [7, 10],
    [0.2, 0.2],
    [1e-7, 1e-7],
    [4321, 5000],
  ])('go up from %s to %s', (value, expected) => {
    expect(niceCeiling(value)).toBe(expected)
  })

  it.each([
    [0.03, 0.02],
    [1, 1],
    [0.13, 0.1],
    [9, 5],
    [5, 5],
    [0.0021, 0.002],
  ])('go down from %s to %s', (value, expected) => {
    expect(niceFloor(value)).toBe(expected)
  })

  it('are 1 for what has no size', () => {
    for (const value of [0, -3, Number.NaN, Infinity]) {
      expect(niceCeiling(value)).toBe(1)
      expect(niceFloor(value)).toBe(1)
    }
  })
})

describe('the top of a linear axis', () => {
  it('is round and close above the largest value', () => {
    expect([2.3, 1, 31, 0.07, 104, 5].map(niceTop)).toEqual([2.5, 1, 40, 0.08, 150, 5])
    for (let value = 0.01; value < 1000; value *= 1.37) {
      expect(niceTop(value)).toBeGreaterThanOrEqual(value)
      expect(niceTop(value)).toBeLessThanOrEqual(1.5 * value)
    }
  })

  it('is 1 where nothing was measured', () => {
    expect([0, Number.NaN, Infinity].map(niceTop)).toEqual([1, 1, 1])
  })
})

describe('linear ticks', () => {
  it('are free of binary noise', () => {
    expect(niceTicks(0, 0.5, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5])
  })

  it('start at the first multiple within the range', () => {
    expect(niceTicks(-6, 6, 4)).toEqual([-5, 0, 5])
  })

  it('never exceed the number asked for', () => {
    for (const most of [2, 3, 5, 8]) {
      for (const high of [1, 3, 7, 20, 999]) expect(niceTicks(0, high, most).length).toBeLessThanOrEqual(most)
    }
  })
})

describe('step ticks', () => {
  it('get denser with width', () => {
    expect(stepTicks(2000, 200)).toEqual([0, 1000, 2000])
    expect(stepTicks(2000, 620)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, 2000])
  })

  it('are whole steps on the shortest runs', () => {
    expect(stepTicks(2, 900)).toEqual([0, 1, 2])
  })

  it('end on the planned steps where their label has room', () => {
    expect(stepTicks(900, 200)).toEqual([0, 500, 900])
    expect(stepTicks(510, 200)).toEqual([0, 500])
  })
})

describe('logarithmic ticks', () => {
  it('are decades, thinned evenly from the top', () => {
    expect(decadeTicks(1e-6, 100, 20)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100])
    expect(decadeTicks(1e-6, 100, 5)).toEqual([1e-6, 1e-4, 0.01, 1, 100])
    expect(decadeTicks(1e-6, 100, 3)).toEqual([1e-4, 0.1, 100])
  })

  it('show 1, 2 and 5 where there is room', () => {
    expect(logTicks(0.05, 2, 6)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2])
    expect(logTicks(0.05, 2, 5)).toEqual([0.1, 1])
  })
})

describe('direction ticks', () => {
  it('name both ends and halves of a power of two', () => {
    expect(directionTicks(128, 230)).toEqual([1, 32, 64, 96, 128])
    expect(directionTicks(128, 100)).toEqual([1, 128])
  })

  it('leave out round numbers that would touch an end', () => {
    expect(directionTicks(10, 230)).toEqual([1, 5, 10])
    expect(directionTicks(1, 300)).toEqual([1])
    expect(directionTicks(2, 300)).toEqual([1, 2])
  })
})
