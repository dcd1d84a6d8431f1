import { expect, test } from 'vitest'
import { estimateSlowdown } from './slowdown'

test('a step of ten milliseconds that a GPU does in a third of one is about thirty times slower', () => {
  expect(estimateSlowdown(10, 3e6)).toBe(30)
})

test('has one significant digit and never claims to be faster than a GPU', () => {
  expect(estimateSlowdown(123, 1e6)).toBe(400)
  expect(estimateSlowdown(0.01, 1e6)).toBe(1)
})
