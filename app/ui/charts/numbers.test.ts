import { describe, expect, it } from 'vitest'
import { formatDecade, formatMeasure, formatShare, formatStepTick, formatThreshold, formatTick } from './numbers'

/** Narrow no-break spaces read as spaces here. */
const plain = (text: string) => text.replaceAll('\u202f', ' ')

describe('numbers for people', () => {
  it('writes shares in whole per cent, small ones with a digit, and 0 only for 0', () => {
    expect([0.32, 1, 0, 0.0996, 0.0094, 0.004, 0.0001].map((share) => plain(formatShare(share)))).toEqual([
      '32 %',
      '100 %',
      '0 %',
      '10 %',
      '0.9 %',
      '0.4 %',
      '<0.1 %',
    ])
    expect(formatShare(Number.NaN)).toBe('–')
  })

  it('writes δ as it was chosen, without binary noise', () => {
    expect([0.99, 0.999, 0.9999, 0.975, 0.95, 0].map((share) => plain(formatThreshold(share)))).toEqual([
      '99 %',
      '99.9 %',
      '99.99 %',
      '97.5 %',
      '95 %',
      '0 %',
    ])
  })

  it('shortens steps only where nothing is lost', () => {
    expect([0, 500, 2000, 9999, 20_000, 20_050, 12_500, 2_500_000].map(formatStepTick)).toEqual([
      '0',
      '500',
      '2,000',
      '9,999',
      '20k',
      '20,050',
      '12.5k',
      '2.5M',
    ])
  })

  it('writes powers of ten', () => {
    expect([1e-12, 1e-4, 0.01, 0.1, 1, 1000, 1e4, 1e10].map(formatDecade)).toEqual([
      '10⁻¹²',
      '10⁻⁴',
      '0.01',
      '0.1',
      '1',
      '1,000',
      '10⁴',
      '10¹⁰',
    ])
  })

  it('keeps three significant digits of a measure', () => {
    expect([2.306, 0.01234, 12_432, 1.23e-5, 2_345_678, 0, -0.5, 100].map(formatMeasure)).toEqual([
      '2.31',
      '0.0123',
      '12,400',
      '1.2e−5',
      '2.3e6',
      '0',
      '−0.500',
      '100',
    ])
    expect([Number.NaN, Infinity, -Infinity].map(formatMeasure)).toEqual(['–', '∞', '−∞'])
  })

  it('writes ticks as short as they are', () => {
    expect([0.5, 20, -5, 1500, 0.0002, 0].map(formatTick)).toEqual(['0.5', '20', '−5', '1,500', '2.0e−4', '0'])
  })
})
