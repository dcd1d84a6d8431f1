import { expect, test } from 'vitest'
import { heldColumn } from './heldColumn'

const columns = [0, 10, 20].map((step) => ({
  step,
  spectra: [],
  heldOutLoss: undefined,
  heldOutAccuracy: undefined,
}))
const shownAt = (step: number | undefined) => heldColumn({ step: 24, history: { columns } }, step)?.step

test('a column holds from its step until the next one, the newest until the step the run has come to', () => {
  expect([0, 9, 10, 19, 20, 24].map(shownAt)).toEqual([0, 0, 10, 10, 20, 20])
  expect(shownAt(undefined)).toBe(20)
})

test('a run says nothing of steps it has not come to, nor before anything is measured', () => {
  expect(shownAt(25)).toBeUndefined()
  expect(heldColumn({ step: 3, history: { columns: [] } }, undefined)).toBeUndefined()
})
