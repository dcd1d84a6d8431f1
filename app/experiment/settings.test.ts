import { expect, test } from 'vitest'
import * as choices from './choices'
import { numberSettings } from './settings'

test.each(Object.entries(numberSettings))('the slider and the default of %s lie within its range', (_path, setting) => {
  const { range, slider } = setting
  for (const value of [slider.low, slider.high, setting.default]) {
    expect(value).toBeGreaterThanOrEqual(range.minimum)
    expect(value).toBeLessThanOrEqual(range.maximum)
    if (range.integer) expect(value % 1).toBe(0)
  }
  expect(slider.low).toBeLessThan(slider.high)
  expect(range.step).toBeGreaterThan(0)
  // A logarithmic slider has no place for zero.
  if (slider.scale === 'logarithmic') expect(slider.low).toBeGreaterThan(0)
})

test('every setting explains itself in one sentence', () => {
  for (const { label, explanation } of Object.values(numberSettings)) {
    expect(label).not.toBe('')
    expect(explanation).toMatch(/^[A-Z“].{10,120}\.$/)
  }
})

test('every option of every choice has a name of its own and one sentence', () => {
  for (const options of Object.values(choices)) {
    const labels = Object.values(options).map((option) => option.label)
    expect(new Set(labels).size).toBe(labels.length)
    for (const { explanation } of Object.values(options)) expect(explanation).toMatch(/^[A-Z].{10,110}\.$/)
  }
})
