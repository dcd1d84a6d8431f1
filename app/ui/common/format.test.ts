import { describe, expect, test } from 'vitest'
import { formatCount, formatDuration, formatLoss, formatPercent, formatRate, formatSetting } from './format'
import { parseNumber } from './parseNumber'

describe('a setting as text', () => {
  test.each([
    [0, '0'],
    [0.001, '0.001'],
    [0.00003, '3e-5'],
    [1e-8, '1e-8'],
    [0.1 + 0.2, '0.3'],
    [64, '64'],
    [2000, '2,000'],
    [60_000, '60,000'],
    [-0.5, '-0.5'],
  ])('%d is written %s', (value, text) => expect(formatSetting(value)).toBe(text))

  test.each([0, 0.001, 3e-5, 1e-8, 0.9999, 64, 2000, 4_294_967_295])('%d reads back as itself', (value) => {
    expect(parseNumber(formatSetting(value), {})).toEqual({ value })
  })
})

test('durations keep minutes and seconds apart and round up, so that 0:00 means done', () => {
  expect(formatDuration(0)).toBe('0:00')
  expect(formatDuration(0.2)).toBe('0:01')
  expect(formatDuration(38)).toBe('0:38')
  expect(formatDuration(725)).toBe('12:05')
  expect(formatDuration(3729)).toBe('1:02:09')
  expect(formatDuration(Number.POSITIVE_INFINITY)).toBe('–:––')
  expect(formatDuration(Number.NaN)).toBe('–:––')
})

test('rates, losses, shares and counts are rounded for people', () => {
  expect(formatRate(8.44)).toBe('8.4')
  expect(formatRate(1940.2)).toBe('1,940')
  expect(formatRate(Number.NaN)).toBe('–')
  expect(formatLoss(2.3049)).toBe('2.30')
  expect(formatPercent(0.9341)).toBe('93.4 %')
  expect(formatPercent(1)).toBe('100 %')
  expect(formatPercent(0.9999)).toBe('100 %')
  expect(formatPercent(0)).toBe('0 %')
  expect(formatCount(48_210)).toBe('48,210')
})
