import { expect, test } from 'vitest'
import type { Initialisation } from '../../experiment/spec'
import { headingNotes, startsDiffer } from './headingNotes'

const runs = (...initialisations: readonly (Initialisation | undefined)[]) =>
  initialisations.map((initialisation, index) => ({
    letter: (['A', 'B', 'C', 'D'] as const)[index]!,
    run: initialisation && { spec: { initialisation } },
  }))

test('a heading says which run is the baseline, or what is subtracted', () => {
  expect(headingNotes(runs('torch', 'torch'), 'A', false)).toEqual(['baseline', undefined])
  expect(headingNotes(runs('torch', 'torch').slice(1), 'A', true)).toEqual(['minus A'])
})

test('where runs started in different ways every heading says in which, as far as it is known', () => {
  expect(startsDiffer(runs('torch', undefined, 'he'))).toBe(true)
  expect(headingNotes(runs('torch', undefined, 'he'), 'A', false)).toEqual([
    'baseline · PyTorch start',
    undefined,
    expect.stringMatching(/^He.* start$/),
  ])
  expect(startsDiffer(runs('he', 'he', undefined))).toBe(false)
})
