import { describe, expect, it } from 'vitest'
import { differenceInPoints, differenceInSize } from './differenceText'

describe('differences to the baseline', () => {
  it('of shares are percentage points', () => {
    expect(differenceInPoints(0.54, 0.66, 0)).toBe('−12 points')
    expect(differenceInPoints(0.934, 0.927, 1)).toBe('+0.7 points')
    expect(differenceInPoints(0.6, 0.59, 0)).toBe('+1 point')
  })

  it('of shares that read alike are none', () => {
    expect(differenceInPoints(0.9271, 0.9273, 1)).toBe('same')
    expect(differenceInPoints(Number.NaN, 0.5, 1)).toBeUndefined()
  })

  it('of sizes are per cent, and multiples where they are large', () => {
    expect(differenceInSize(42, 100)).toBe('−58\u202f%')
    expect(differenceInSize(112, 100)).toBe('+12\u202f%')
    expect(differenceInSize(100.4, 100)).toBe('+0.4\u202f%')
    expect(differenceInSize(340, 100)).toBe('3.4\u202f×')
    expect(differenceInSize(12_345, 1)).toBe('12,345\u202f×')
  })

  it('of sizes are none only where they are equal', () => {
    expect(differenceInSize(29_570, 29_570)).toBe('same')
    expect(differenceInSize(29_571, 29_570)).toBe('+<0.1\u202f%')
  })

  it('of sizes cannot be told without a ratio', () => {
    expect(differenceInSize(1, 0)).toBeUndefined()
    expect(differenceInSize(Number.NaN, 1)).toBeUndefined()
  })
})
