import { expect, test } from 'vitest'
import { usesSpace } from './usesSpace'

test('Space is free on sliders and on the chosen radio button', () => {
  expect(usesSpace({ type: 'range', checked: false })).toBe(false)
  expect(usesSpace({ type: 'radio', checked: true })).toBe(false)
})

test('Space belongs to text, to boxes to tick and to radio buttons not chosen yet', () => {
  expect(usesSpace({ type: 'text', checked: false })).toBe(true)
  expect(usesSpace({ type: 'checkbox', checked: true })).toBe(true)
  expect(usesSpace({ type: 'radio', checked: false })).toBe(true)
})
