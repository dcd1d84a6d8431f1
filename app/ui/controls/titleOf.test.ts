import { expect, test } from 'vitest'
import { titleOf } from './titleOf'

const run = { playing: true, stop: undefined, step: 412, plannedSteps: 2000 }

test('a tab shows how far the run is, and whether it goes on', () => {
  expect(titleOf(undefined)).toBe('Saturascope')
  expect(titleOf(run)).toBe('▶ 412/2,000 · Saturascope')
  expect(titleOf({ ...run, playing: false, stop: { kind: 'paused' } })).toBe('⏸ 412/2,000 · Saturascope')
  expect(titleOf({ ...run, playing: false, step: 2000, stop: { kind: 'finished' } })).toBe(
    '✓ 2,000 steps · Saturascope',
  )
  expect(titleOf({ ...run, playing: false, stop: { kind: 'failed', message: 'no' } })).toBe(
    '⚠ stopped at 412 · Saturascope',
  )
})
