import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RandomStream } from '../experiment/random'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentSpec, LayerSpec } from '../experiment/spec'
import { elementsOf, type TensorShape } from '../experiment/tensorShape'
import { openGpu, type Gpu } from '../gpu/device'
import { relativeError } from './kernels/kernelTesting'
import type { ReferenceSamples } from './reference/batch'
import { autoencoders, CLASSES, EVEN_IMAGE, IMAGE, imageNetworks } from './testing/imageNetworks'
import { trainOnGpu, trainReference } from './testing/trajectories'

let gpu: Gpu

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

const STEPS = 20

/** Noise with a bright quarter that says the class. */
function makeSamples(rows: number, shape: TensorShape = IMAGE): ReferenceSamples {
  const stream = new RandomStream(3, 'images')
  const features = elementsOf(shape)
  const inputs = Float32Array.from({ length: rows * features }, (_, at) => {
    const [row, element] = [Math.floor(at / features), at % features]
    return stream.normal() + (Math.floor((element / features) * CLASSES) === row % CLASSES ? 1 : 0)
  })
  const targets = Float32Array.from({ length: rows }, (_, row) => row % CLASSES)
  const sizes = { rows, shape, features, targetColumns: 1, trainingCount: rows - 4 }
  return { ...sizes, inputs, targets, targetKind: 'classes' }
}

function makeSpec(layers: readonly LayerSpec[]): ExperimentSpec {
  const optimizer = { kind: 'momentum', learningRate: 0.05, weightDecay: 0.001 } as const
  const spec = parseSpecOrThrow({ optimizer, training: { batchSize: 7, l2: 0.001, clipNorm: 1 } })
  return { ...spec, seed: 7, layers }
}

test.each(Object.keys(imageNetworks))('a network of images trains as the float64 one: %s', async (name) => {
  const spec = makeSpec(imageNetworks[name]!)
  const samples = makeSamples(24)
  const expected = trainReference(spec, samples, STEPS)
  const trained = await trainOnGpu(gpu, spec, samples, STEPS)
  expect(relativeError(trained.losses, expected.losses)).toBeLessThan(2e-5)
  expect(relativeError(trained.parameters, expected.parameters)).toBeLessThan(2e-5)
  expect(relativeError(trained.evaluated, expected.evaluated)).toBeLessThan(1e-4)
  expect(expected.losses.at(-1)!).toBeLessThan(expected.losses[0]!)
})

test.each(Object.keys(autoencoders))('an autoencoder of images trains as the float64 one: %s', async (name) => {
  const spec = { ...makeSpec(autoencoders[name]!), loss: { kind: 'reconstruction' } } as const
  const samples = { ...makeSamples(24, EVEN_IMAGE), targetKind: 'inputs' } as const
  const expected = trainReference(spec, samples, STEPS)
  const trained = await trainOnGpu(gpu, spec, samples, STEPS)
  expect(relativeError(trained.losses, expected.losses)).toBeLessThan(2e-5)
  expect(relativeError(trained.parameters, expected.parameters)).toBeLessThan(2e-5)
  expect(relativeError(trained.evaluated, expected.evaluated)).toBeLessThan(1e-4)
  expect(expected.losses.at(-1)!).toBeLessThan(expected.losses[0]!)
})

describe('images that are shifted and mirrored by chance', () => {
  const [coder] = Object.values(autoencoders)
  test.each<[string, ExperimentSpec, ReferenceSamples]>([
    ['classes', makeSpec(imageNetworks['convolutions and pools']!), makeSamples(24)],
    // What it has to make again is what it sees.
    [
      'themselves',
      { ...makeSpec(coder!), loss: { kind: 'reconstruction' } },
      { ...makeSamples(24, EVEN_IMAGE), targetKind: 'inputs' },
    ],
  ])('train as the float64 ones and are evaluated as they are: towards %s', async (_name, plain, samples) => {
    const spec = { ...plain, training: { ...plain.training, augmentation: { crop: 1, flip: true } } }
    const expected = trainReference(spec, samples, STEPS)
    const trained = await trainOnGpu(gpu, spec, samples, STEPS)
    expect(relativeError(trained.losses, expected.losses)).toBeLessThan(2e-5)
    expect(relativeError(trained.parameters, expected.parameters)).toBeLessThan(2e-5)
    expect(relativeError(trained.evaluated, expected.evaluated)).toBeLessThan(1e-4)
    expect(relativeError(trained.losses, trainReference(plain, samples, STEPS).losses)).toBeGreaterThan(1e-3)
  })
})
