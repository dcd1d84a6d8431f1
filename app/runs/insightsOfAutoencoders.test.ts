import { expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { findInsights } from './insights'
import { chanceLoss } from './insights/chanceLoss'
import { learning, syntheticRun, type SyntheticRun } from './testing/syntheticRun'

/** 14×14 images through 16 units and back. */
const document: ExperimentDocument = {
  data: { kind: 'digits' },
  layers: [{ units: 64 }, { units: 16 }, { units: 64 }, { units: 128 }, {}],
  loss: { kind: 'reconstruction' },
}

/** The middle is full and the loss stays high, as it must; what follows holds no more than the middle lets through. */
const healthy: SyntheticRun = {
  document,
  directions: () => [50, 16, 20, 20, 60],
  loss: (step) => 0.3 + 0.7 * Math.exp(-step / 100),
  accuracy: () => Number.NaN,
}

function shownBy(run: SyntheticRun): readonly string[] {
  return findInsights(syntheticRun(run)).map(({ rule }) => rule)
}

test('an autoencoder whose narrow layer is full shows nothing, where a classifier would', () => {
  expect(shownBy(healthy)).toEqual([])
  const classifier = { ...document, loss: { kind: 'crossEntropy' }, layers: [...document.layers!.slice(0, -1), {}] }
  const run: SyntheticRun = { ...healthy, document: classifier as ExperimentDocument, accuracy: () => 0.5 }
  expect(shownBy({ ...run, directions: () => [50, 16, 20, 20, 9] })).toEqual(['full'])
})

test('an idle layer of an autoencoder is offered twice what it uses, not what its many outputs would need', () => {
  const idle = { ...healthy, directions: () => [50, 5, 30, 6, 60] }
  const [insight] = findInsights(syntheticRun(idle))
  expect(insight?.sentence).toBe('Hidden 4 uses 6 of 128 directions: try a width of 12.')
  expect(insight?.change?.spec.layers[3]).toMatchObject({ units: 12 })
})

test('an autoencoder that meets training samples alone is told by its loss, not by an accuracy', () => {
  const full = { ...healthy, directions: () => [50, 16, 20, 125, 60], loss: learning }
  const parting = { ...full, heldOutLoss: (step: number) => learning(step) + step / 500 }
  expect(shownBy(full)).toEqual([])
  expect(findInsights(syntheticRun(parting))).toMatchObject([
    { rule: 'memorising', sentence: expect.stringMatching(/^Training samples are met far better/) as string },
  ])
})

test('a standardised sample answered with its mean has a loss of 1; of others that is not known', () => {
  const evidence = syntheticRun(healthy)
  expect(chanceLoss(evidence)).toBe(1)
  const { spec } = evidence
  expect(chanceLoss({ ...evidence, spec: { ...spec, data: { ...spec.data, standardise: 'none' } } })).toBe(Infinity)
})

test('steps that are too small are told of an autoencoder, too', () => {
  const still: SyntheticRun = { ...healthy, loss: () => 1.01, directions: () => [50, 10, 20, 40, 60] }
  expect(shownBy(still)).toEqual(['learningRateTooLow'])
})
