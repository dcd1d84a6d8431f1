import { expect, test } from 'vitest'
import { describeDifference, describeUnmatched, formatPoints } from './differenceText'

test.each([
  [0.06, '+6 points'],
  [-0.06, '−6 points'],
  [0.0104, '+1 point'],
  [-0.0096, '−1 point'],
  [0.004, '+0.4 points'],
  [-0.0094, '−0.9 points'],
  [0.0004, '0 points'],
  [-0.0004, '0 points'],
  [0, '0 points'],
  [1, '+100 points'],
])('a difference of %d is told as %s', (difference, text) => {
  expect(formatPoints(difference)).toBe(text)
})

test('where there is no difference it is said why', () => {
  expect(describeDifference(0.25)).toBe('+25 points')
  expect(describeDifference('non-finite')).toBe('NaN or ∞')
  expect(describeDifference('unmeasured')).toBe('not measured')
})

test('a layer that one of two runs has is said to be only there', () => {
  const letters = { own: 'C', baseline: 'A' } as const
  expect(describeUnmatched(2, 3, letters)).toBeUndefined()
  expect(describeUnmatched(2, undefined, letters)).toBe('only in C')
  expect(describeUnmatched(undefined, 0, letters)).toBe('only in A')
  expect(describeUnmatched(undefined, undefined, letters)).toBe('in neither')
})
