import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_AUGMENTATION } from '../experiment/augmentation'
import { RandomStream } from '../experiment/random'
import type { Activation, ExperimentSpec, LossSpec, OptimizerSpec } from '../experiment/spec'
import { denseLayer } from '../experiment/defaults'
import { setActivation } from '../experiment/edits'
import { parseSpecOrThrow } from '../experiment/schema'
import { flatShape } from '../experiment/tensorShape'
import { openGpu, type Gpu } from '../gpu/device'
import { relativeError } from './kernels/kernelTesting'
import type { ReferenceSamples } from './reference/batch'
import { trainOnGpu, trainReference } from './testing/trajectories'

let gpu: Gpu

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

const STEPS = 200
const FEATURES = 5

/** Inputs on a noisy line per class, or a smooth function of them. */
function makeSamples(rows: number, kind: 'classes' | 'values', columns: number): ReferenceSamples {
  const stream = new RandomStream(3, 'trajectory')
  const inputs = Float32Array.from({ length: rows * FEATURES }, () => stream.normal())
  const sumOf = (row: number) => inputs.subarray(row * FEATURES, row * FEATURES + 3).reduce((a, b) => a + b, 0)
  const targets =
    kind === 'classes'
      ? Float32Array.from({ length: rows }, (_, row) => Math.abs(Math.floor(sumOf(row))) % columns)
      : Float32Array.from({ length: rows * columns }, (_, at) => Math.sin(sumOf(Math.floor(at / columns)) + at))
  const targetColumns = kind === 'classes' ? 1 : columns
  const shape = flatShape(FEATURES)
  return { rows, shape, features: FEATURES, targetColumns, inputs, targets, trainingCount: rows - 8, targetKind: kind }
}

interface Case {
  readonly activation: Activation
  readonly optimizer: OptimizerSpec['kind']
  readonly learningRate: number
  readonly loss: LossSpec
  readonly targets: 'classes' | 'values' | 'inputs'
  readonly columns: number
  readonly outputs: number
  readonly dropout?: number
  readonly training?: Partial<ExperimentSpec['training']>
  readonly schedule?: ExperimentSpec['schedule']
  readonly seed?: number
}

function makeSpec(test: Case): ExperimentSpec {
  const { activation, optimizer, learningRate, loss, outputs, dropout = 0, seed = 7 } = test
  const spec = parseSpecOrThrow({ optimizer: { kind: optimizer, learningRate, weightDecay: 0.001 } })
  const layer = (id: number, units: number) => ({ ...denseLayer(id, units, activation), dropout })
  return {
    ...spec,
    seed,
    layers: [layer(4, 17), layer(9, 6), layer(5, outputs)],
    initialisation: 'torch',
    loss,
    schedule: test.schedule ?? { kind: 'constant', warmup: 0 },
    training: {
      batchSize: 15,
      steps: STEPS,
      clipNorm: null,
      l1: 0,
      l2: 0,
      augmentation: NO_AUGMENTATION,
      ...test.training,
    },
  }
}

const CROSS_ENTROPY: LossSpec = { kind: 'crossEntropy', labelSmoothing: 0.05 }
const CLASSES = { targets: 'classes', columns: 3, outputs: 3 } as const
const SMOOTH_CASES: Case[] = [
  { activation: 'tanh', optimizer: 'adam', learningRate: 0.003, loss: CROSS_ENTROPY, ...CLASSES, dropout: 0.2 },
  {
    activation: 'gelu',
    optimizer: 'adamw',
    learningRate: 0.003,
    loss: { kind: 'binaryCrossEntropy' },
    ...CLASSES,
    schedule: { kind: 'cosine', warmup: 20, floor: 0.1 },
  },
  {
    activation: 'silu',
    optimizer: 'sgd',
    learningRate: 0.1,
    loss: { kind: 'meanSquaredError' },
    targets: 'values',
    columns: 2,
    outputs: 2,
    training: { l1: 1e-4, l2: 0.01 },
  },
  {
    activation: 'sigmoid',
    optimizer: 'momentum',
    learningRate: 0.1,
    loss: CROSS_ENTROPY,
    ...CLASSES,
    training: { clipNorm: 0.2 },
    schedule: { kind: 'step', warmup: 0, every: 50, factor: 0.5 },
  },
  // Larger than the training part: every batch runs through more than one epoch.
  {
    activation: 'tanh',
    optimizer: 'nesterov',
    learningRate: 0.05,
    loss: { kind: 'meanSquaredError' },
    ...CLASSES,
    training: { batchSize: 70 },
  },
  {
    activation: 'gelu',
    optimizer: 'rmsprop',
    learningRate: 0.001,
    loss: { kind: 'binaryCrossEntropy' },
    targets: 'classes',
    columns: 2,
    outputs: 1,
  },
  {
    activation: 'tanh',
    optimizer: 'adam',
    learningRate: 0.003,
    loss: { kind: 'reconstruction' },
    targets: 'inputs',
    columns: 3,
    outputs: FEATURES,
  },
]

function samplesOf({ targets, columns }: Case): ReferenceSamples {
  if (targets === 'inputs') return { ...makeSamples(60, 'classes', columns), targetKind: targets }
  return makeSamples(60, targets, columns)
}

test('200 steps with each optimizer, loss and smooth activation follow the float64 network', async () => {
  for (const testCase of SMOOTH_CASES) {
    const spec = makeSpec(testCase)
    const samples = samplesOf(testCase)
    const expected = trainReference(spec, samples, STEPS)
    // A limit that cuts the samples into several chunks.
    const trained = await trainOnGpu(gpu, spec, samples, STEPS, 1024)
    const name = `${testCase.activation}, ${testCase.optimizer}`
    expect(relativeError(trained.losses, expected.losses), name).toBeLessThan(1e-5)
    expect(relativeError(trained.parameters, expected.parameters), name).toBeLessThan(1e-5)
    expect(expected.losses.at(-1)!, name).toBeLessThan(expected.losses[0]!)
  }
})

test('200 steps with ReLU and leaky ReLU follow the float64 network, in the median of five seeds', async () => {
  const errors: number[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const testCase: Case = {
      activation: 'relu',
      optimizer: 'adam',
      learningRate: 0.003,
      loss: CROSS_ENTROPY,
      ...CLASSES,
      seed,
    }
    const mixed = setActivation(makeSpec(testCase), 1, 'leakyRelu')
    const samples = samplesOf(testCase)
    const trained = await trainOnGpu(gpu, mixed, samples, STEPS)
    errors.push(relativeError(trained.parameters, trainReference(mixed, samples, STEPS).parameters))
  }
  expect(errors.toSorted((a, b) => a - b)[2]).toBeLessThan(1e-5)
})
