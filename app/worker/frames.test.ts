import { expect, test } from 'vitest'
import { toColumn } from './frames'

test('a column carries everything that was measured, and nothing that was not', () => {
  const bare = { step: 3, spectra: [] }
  expect(toColumn(bare)).toEqual(bare)
  const full = { ...bare, heldOut: { loss: 0.5, accuracy: 0.9 }, deadUnits: [4, undefined] }
  expect(toColumn(full)).toEqual(full)
})
