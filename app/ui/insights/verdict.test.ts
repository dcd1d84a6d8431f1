import { expect, test } from 'vitest'
import { parseSpecOrThrow } from '../../experiment/schema'
import { flatShape } from '../../experiment/tensorShape'
import type { SlimPlan } from '../../runs/slimDown'
import type { Study, TrialGroup } from '../../runs/study'
import { describeSlimming, describeVerdict, formatEstimate } from './verdict'

const BEFORE = parseSpecOrThrow({ data: { kind: 'xor' }, layers: [{ units: 20 }, {}] })
const AFTER = parseSpecOrThrow({ data: { kind: 'xor' }, layers: [{ units: 10 }, {}] })

function group(spec: typeof BEFORE, accuracies: readonly number[], millisPerStep: number): TrialGroup {
  const trials = accuracies.map((accuracy, index) => ({
    id: `${millisPerStep} ${index}`,
    seed: index,
    step: 10,
    outcome: {
      ok: true,
      result: { loss: 0.1, heldOut: { loss: 1 - accuracy, accuracy }, spectra: [], outputs: [], millisPerStep },
    } as const,
  }))
  return { name: 'network', letter: undefined, spec, trials }
}

function study(before: readonly number[], after: readonly number[]): Study {
  return {
    id: 'study 1',
    question: { kind: 'change', hypothesis: 'hidden 1 with 10 units' },
    groups: [group(BEFORE, before, 2), group(AFTER, after, 1)],
    state: 'done',
    data: { shape: flatShape(2), features: 2, task: { kind: 'classification', classes: 2 } },
    fileData: undefined,
  }
}

test('a difference is called one only where its interval leaves no room for none', () => {
  expect(describeVerdict(study([0.9, 0.92, 0.91], [0.95, 0.97, 0.961]))).toMatch(
    /^Better: \+5\.0 points of held-out acc/,
  )
  expect(describeVerdict(study([0.9, 0.92, 0.91], [0.85, 0.87, 0.861]))).toMatch(/^Worse: −5\.0 points/)
  expect(describeVerdict(study([0.9, 0.92, 0.91], [0.93, 0.9, 0.92]))).toMatch(
    /^No difference beyond chance: \+0\.7 points/,
  )
  expect(describeVerdict(study([0.9, 0.92], [0.93]))).toMatch(
    /^So far \+3\.0 points of held-out accuracy over 1 seed\./,
  )
})

test('what a change costs is said with it', () => {
  expect(describeVerdict(study([0.9, 0.9], [0.9, 0.9]))).toMatch(
    /49 % fewer parameters, 2\.00 × as many steps a second\.$/,
  )
})

test('nothing is said before there is a pair', () => {
  expect(describeVerdict(study([0.9], []))).toBeUndefined()
})

test('an estimate shows its spread once there is one', () => {
  const format = (value: number) => `${(100 * value).toFixed(1)} %`
  expect(formatEstimate({ mean: 0.941, deviation: 0.004, count: 3 }, format)).toBe('94.1 % ± 0.4')
  expect(formatEstimate({ mean: 0.941, deviation: Number.NaN, count: 1 }, format)).toBe('94.1 %')
  expect(formatEstimate(undefined, format)).toBe('–')
})

test('slimming says from where to where, or why not', () => {
  const point = { spec: BEFORE, isAccuracy: true, spread: 0.01 }
  const path = [
    { ...point, parameters: 1_000, score: 0.941, accepted: true, cut: 'as it is' },
    { ...point, parameters: 400, score: 0.939, accepted: true, cut: 'without hidden 2' },
    { ...point, parameters: 300, score: 0.8, accepted: false, cut: 'hidden 1 with 4 units' },
  ]
  const done: SlimPlan = { kind: 'done', spec: BEFORE, reason: 'nothingLeft', path }
  expect(describeSlimming(done)).toBe('From 1,000 to 400 parameters (60 % fewer), held-out accuracy 94.1 % → 93.9 %.')
  expect(describeSlimming({ ...done, path: path.slice(0, 1) })).toBe('Every cut cost more than the tolerance.')
  expect(describeSlimming({ ...done, reason: 'noScore' })).toMatch(/^Nothing can be said/)
})
