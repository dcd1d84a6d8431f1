import { expect, test } from 'vitest'
import { NO_AUGMENTATION } from '../experiment/augmentation'
import type { LiveSettings, OptimizerSpec } from '../experiment/spec'
import { hyperparametersAt, type LearningSpec } from './hyperparameters'

const SPEC: LearningSpec = {
  optimizer: { kind: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 },
  schedule: { kind: 'step', warmup: 0, every: 10, factor: 0.5 },
  training: { batchSize: 64, steps: 100, clipNorm: null, l1: 0, l2: 0, augmentation: NO_AUGMENTATION },
}

test('the learning rate follows the schedule, also after it was changed', () => {
  expect(hyperparametersAt(SPEC, {}, 9).learningRate).toBe(0.01)
  expect(hyperparametersAt(SPEC, {}, 10).learningRate).toBe(0.005)
  expect(hyperparametersAt(SPEC, { learningRate: 0.4 }, 10).learningRate).toBe(0.2)
})

test('weight decay and clipping can be changed, and clipping switched off', () => {
  const clipped: LearningSpec = { ...SPEC, training: { ...SPEC.training, clipNorm: 3 } }
  const read = (spec: LearningSpec, settings: LiveSettings) => {
    const { weightDecay, clipNorm } = hyperparametersAt(spec, settings, 0)
    return [weightDecay, clipNorm]
  }
  expect(read(SPEC, {})).toEqual([0.1, 0])
  expect(read(clipped, {})).toEqual([0.1, 3])
  expect(read(clipped, { weightDecay: 0, clipNorm: 0.5 })).toEqual([0, 0.5])
  expect(read(clipped, { clipNorm: null })).toEqual([0.1, 0])
})

test('Adam’s bias corrections count from the last reset of its moments', () => {
  const first = hyperparametersAt(SPEC, {}, 0)
  expect(first.biasCorrection1).toBeCloseTo(10, 12)
  expect(first.biasCorrection2).toBeCloseTo(1 / Math.sqrt(0.001), 9)
  const restarted = hyperparametersAt(SPEC, {}, 500, 500)
  expect(restarted.biasCorrection1).toBe(first.biasCorrection1)
  const late = hyperparametersAt(SPEC, {}, 100_000)
  expect([late.biasCorrection1, late.biasCorrection2]).toEqual([1, 1])
})

test('other optimizers have no bias corrections', () => {
  const optimizer: OptimizerSpec = { kind: 'rmsprop', learningRate: 1, decay: 0.9, epsilon: 1e-8, weightDecay: 0 }
  const { biasCorrection1, biasCorrection2 } = hyperparametersAt({ ...SPEC, optimizer }, {}, 3)
  expect([biasCorrection1, biasCorrection2]).toEqual([1, 1])
})
