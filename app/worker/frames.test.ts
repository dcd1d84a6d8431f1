import { expect, test } from 'vitest'
import { toColumn } from './frames'

test('a column carries everything that was measured, and nothing that was not', () => {
  const bare = { step: 3, spectra: [] }
  expect(toColumn({ ...bare, sampling: 'mean' })).toEqual(bare)
  const units = { deadUnits: [4, undefined], meanActivations: [0.5, -1] }
  const full = { ...bare, heldOut: { loss: 0.5, accuracy: 0.9 }, ...units }
  expect(toColumn({ ...full, sampling: 'channelwise' })).toEqual(full)
})
