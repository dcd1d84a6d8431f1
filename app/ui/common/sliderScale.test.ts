import { describe, expect, test } from 'vitest'
import { sliderScale } from './sliderScale'

describe('a logarithmic slider', () => {
  const learningRate = sliderScale({ low: 1e-5, high: 10, scale: 'logarithmic' }, 1e-6, true)

  test.each([1e-5, 1e-4, 0.001, 0.01, 1, 10])('keeps %d where it is', (value) => {
    expect(learningRate.toValue(learningRate.toPosition(value))).toBe(value)
  })

  test('gives two significant digits at every position, rising', () => {
    let previous = -1
    for (let position = learningRate.low; position <= learningRate.high; position++) {
      const value = learningRate.toValue(position)
      expect(value).toBe(Number(value.toPrecision(2)))
      expect(value).toBeGreaterThan(previous)
      previous = value
    }
  })

  test('means zero at its lower end where zero is allowed', () => {
    expect(learningRate.toValue(learningRate.low)).toBe(0)
    expect(learningRate.toPosition(0)).toBe(learningRate.low)
    const width = sliderScale({ low: 1, high: 256, scale: 'logarithmic' }, 1, false)
    expect(width.toValue(width.low)).toBe(1)
  })

  test('gives whole numbers for whole settings and ends at its ends', () => {
    const samples = sliderScale({ low: 64, high: 8192, scale: 'logarithmic' }, 1, false)
    for (let position = samples.low; position <= samples.high; position++) {
      expect(Number.isInteger(samples.toValue(position))).toBe(true)
    }
    expect(samples.toPosition(1e9)).toBe(samples.high)
    expect(samples.toPosition(1)).toBe(samples.low)
  })
})

test('a linear slider moves in values and clamps what lies beyond it', () => {
  const noise = sliderScale({ low: 0, high: 1, scale: 'linear' }, 0.01, false)
  expect([noise.low, noise.high, noise.step]).toEqual([0, 1, 0.01])
  expect(noise.toPosition(5)).toBe(1)
  expect(noise.toValue(0.37)).toBe(0.37)
})
