import { expect, test } from 'vitest'
import { parseSpecOrThrow } from '../experiment/schema'
import { flatShape } from '../experiment/tensorShape'
import type { TrialResult } from '../worker/protocol'
import {
  confidenceHalfWidth,
  estimate,
  pairedDifference,
  studyProgress,
  summariseGroup,
  type Study,
  type TrialGroup,
} from './study'

const SPEC = parseSpecOrThrow({ data: { kind: 'xor' }, layers: [{ units: 5 }, {}], training: { steps: 100 } })
const DATA = { shape: flatShape(3), features: 3, task: { kind: 'classification', classes: 2 } } as const

/** A group whose trials, seeds 1, 2, …, came to these held-out accuracies; undefined: not yet. */
function group(name: string, accuracies: readonly (number | undefined)[]): TrialGroup {
  const result = (accuracy: number): TrialResult => ({
    loss: 1 - accuracy,
    heldOut: { loss: 2 * (1 - accuracy), accuracy },
    spectra: [],
    outputs: [],
    millisPerStep: 2,
  })
  const trials = accuracies.map((accuracy, index) => ({
    id: `${name} ${index}`,
    seed: index + 1,
    step: 50,
    outcome: accuracy === undefined ? undefined : ({ ok: true, result: result(accuracy) } as const),
  }))
  return { name, letter: undefined, spec: SPEC, trials }
}

test('an estimate is the mean with the deviation of a sample', () => {
  expect(estimate([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7), count: 8 })
  expect(estimate([3])).toEqual({ mean: 3, deviation: Number.NaN, count: 1 })
  expect(estimate([])).toBeUndefined()
})

test('a group is summed up from the trials that have come to an end, failures apart', () => {
  const { trials, ...rest } = group('A', [0.5, 0.75, undefined])
  const failed = { id: 'x', seed: 4, step: 3, outcome: { ok: false, message: 'Step 3 gave NaN.' } } as const
  const summary = summariseGroup({ ...rest, trials: [...trials, failed] }, DATA)
  expect(summary.accuracy).toMatchObject({ mean: 0.625, count: 2 })
  expect(summary.heldOutLoss?.mean).toBeCloseTo(0.75)
  expect(summary.millisPerStep?.mean).toBe(2)
  expect(summary.parameters).toBe(3 * 5 + 5 + 5 * 2 + 2)
  expect(summary.failures).toEqual(['Step 3 gave NaN.'])
})

test('a difference is taken seed by seed, so that what the seed does to both cancels out', () => {
  const groups = [group('A', [0.5, 0.9, 0.7]), group('B', [0.52, 0.92, undefined])] as const
  const difference = pairedDifference(groups, ({ heldOut }) => heldOut?.accuracy)
  expect(difference?.mean).toBeCloseTo(0.02)
  expect(difference?.deviation).toBeCloseTo(0)
  expect(difference?.count).toBe(2)
  expect(pairedDifference([group('A', [undefined]), group('B', [0.5])], ({ loss }) => loss)).toBeUndefined()
})

test('a confidence interval follows Student’s t, and nothing is known from one value', () => {
  expect(confidenceHalfWidth({ mean: 0, deviation: 2, count: 4 })).toBeCloseTo(3.182)
  expect(confidenceHalfWidth({ mean: 0, deviation: 1, count: 10 })).toBeCloseTo(2.262 / Math.sqrt(10))
  expect(confidenceHalfWidth({ mean: 0, deviation: Number.NaN, count: 1 })).toBe(Infinity)
})

test('progress counts updates, and what has come to an end counts whole', () => {
  const study: Study = {
    id: 'study 1',
    question: { kind: 'seeds' },
    groups: [group('A', [0.5, undefined])],
    state: 'running',
    data: DATA,
    fileData: undefined,
  }
  expect(studyProgress(study)).toBe(0.75)
})
