import { expect, test } from 'vitest'
import type { Letter, View } from '../../runs/state'
import { nextCompare, shownRuns } from './compareModes'

const runs = (['A', 'B', 'C'] as const).map((letter) => ({ letter }))
const shown = (compare: View['compare'], active: Letter = 'B', baseline: Letter = 'A') =>
  shownRuns(runs, { compare, active, baseline }).map(({ letter }) => letter)

test('the key goes through all three ways to look and comes round', () => {
  expect(nextCompare('each')).toBe('difference')
  expect(nextCompare('difference')).toBe('active')
  expect(nextCompare('active')).toBe('each')
})

test('each run has a heatmap, or all but the baseline, or the active one alone', () => {
  expect(shown('each')).toEqual(['A', 'B', 'C'])
  expect(shown('difference')).toEqual(['B', 'C'])
  expect(shown('difference', 'A', 'C')).toEqual(['A', 'B'])
  expect(shown('active')).toEqual(['B'])
})

test('a run by itself is shown however runs are compared', () => {
  for (const compare of ['each', 'difference', 'active'] as const) {
    expect(shownRuns([{ letter: 'C' as const }], { compare, active: 'C', baseline: 'C' })).toEqual([{ letter: 'C' }])
  }
})
