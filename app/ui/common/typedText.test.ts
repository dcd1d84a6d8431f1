import { expect, test } from 'vitest'
import { isStillMeant } from './typedText'

test('typed text stays while the value it was typed over does', () => {
  expect(isStillMeant({ text: 'abc', against: 64 }, 64)).toBe(true)
  expect(isStillMeant({ text: 'abc', against: null }, null)).toBe(true)
})

test('typed text goes when the value is replaced', () => {
  expect(isStillMeant({ text: 'abc', against: 64 }, 32)).toBe(false)
  expect(isStillMeant({ text: 'abc', against: null }, 0)).toBe(false)
  expect(isStillMeant({ text: 'abc', against: 1 }, null)).toBe(false)
})
