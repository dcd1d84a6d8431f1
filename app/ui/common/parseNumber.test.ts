import { expect, test } from 'vitest'
import { nextWidth, parseNumber } from './parseNumber'

test.each([
  ['128', 128],
  [' 2,000 ', 2000],
  ['2 000', 2000],
  ['1,234,567.5', 1_234_567.5],
  ['0,05', 0.05],
  ['.5', 0.5],
  ['1e-3', 0.001],
  ['−2', -2],
])('“%s” is read as %d', (text, value) => expect(parseNumber(text, {})).toEqual({ value }))

test.each(['', '  ', 'twelve', '1..2', 'NaN', 'Infinity', '0x'])('“%s” is no number', (text) => {
  expect(parseNumber(text, {})).toEqual({ fault: 'Expected a number.' })
})

test('limits include their ends and are named in the fault', () => {
  const limits = { min: 1, max: 1024, integer: true }
  expect(parseNumber('1', limits)).toEqual({ value: 1 })
  expect(parseNumber('1024', limits)).toEqual({ value: 1024 })
  for (const text of ['0', '1025', '12.5', '']) {
    expect(parseNumber(text, limits)).toEqual({ fault: 'Expected a whole number from 1 to 1,024.' })
  }
  expect(parseNumber('-1', { min: 0 })).toEqual({ fault: 'Expected a number from 0 up.' })
})

test('the stepper walks along usual widths and joins them from anywhere between', () => {
  expect(nextWidth(64, 1)).toBe(96)
  expect(nextWidth(64, -1)).toBe(48)
  expect(nextWidth(100, 1)).toBe(128)
  expect(nextWidth(100, -1)).toBe(96)
  expect(nextWidth(1, -1)).toBe(1)
  expect(nextWidth(1024, 1)).toBe(2048)
})
