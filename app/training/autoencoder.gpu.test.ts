import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { relativeError } from '../nn/kernels/kernelTesting'
import { openEngine, type Engine } from './engine'
import { measureLinearProbes } from './linearProbes/linearProbes'
import { columnOf, dataOf, flatten, losses, open, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

/** Three channels, so that samples lie otherwise than images that were made of them. */
const AUTOENCODER: ExperimentDocument = {
  data: { kind: 'shapes', size: 8, samples: 90, classes: 3, heldOut: 0.3 },
  layers: [
    { kind: 'conv', channels: 5, kernel: 3, stride: 2, activation: 'tanh' },
    { kind: 'transposedConv', channels: 3, kernel: 3 },
  ],
  loss: { kind: 'reconstruction' },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 16, steps: 60 },
  monitor: { samples: 40 },
}

test('an autoencoder of images trains, is measured and answers as the float64 reference, without an accuracy', async () => {
  const spec = specOf(AUTOENCODER)
  const { inputs, features, trainingCount } = dataOf(spec)
  const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
  await Promise.all([onGpu.advance(40), exact.advance(40)])
  await onGpu.settle()
  const records = onGpu.takeRecords()
  const [trained, expected] = [records.flatMap(({ loss }) => [...loss]), await losses(exact)]
  expect(relativeError(trained, expected)).toBeLessThan(1e-4)
  expect(trained.at(-1)!).toBeLessThan(0.8 * trained[0]!)
  expect(records.every(({ accuracy }) => accuracy.every(Number.isNaN))).toBe(true)

  exact.restore(await onGpu.read())
  const [measured, wanted] = await Promise.all([columnOf(onGpu), columnOf(exact)])
  expect(measured.heldOut!.loss).toBeCloseTo(wanted.heldOut!.loss, 5)
  expect(measured.heldOut!.accuracy).toBeNaN()
  expect(onGpu.outputs.map(({ name, width }) => [name, width])).toEqual([
    ['conv 1', 5],
    ['output', 3],
  ])

  const heldOut = inputs.subarray(trainingCount * features)
  const rows = heldOut.length / features
  const answers = await onGpu.predict(heldOut, rows)
  expect(relativeError(answers, await exact.predict(heldOut, rows))).toBeLessThan(1e-5)
  const errors = heldOut.map((value, at) => (value - answers[at]!) ** 2)
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(measured.heldOut!.loss, 5)
  onGpu.destroy()
  exact.destroy()
})

test('linear probes read the classes off the layers of an autoencoder', async () => {
  const data = { kind: 'digits', size: 8, samples: 400, classes: 4, heldOut: 0.5 } as const
  const layers = [{ kind: 'conv', channels: 5, stride: 2 }, { kind: 'transposedConv' }] as const
  const spec = specOf({ ...AUTOENCODER, data, layers })
  const session = await open(reference, spec)
  await session.advance(20)
  const { accuracy, chance } = await measureLinearProbes(session, dataOf(spec), { seed: spec.seed })
  expect(accuracy).toHaveLength(2)
  for (const share of accuracy) expect(share).toBeGreaterThan(chance + 0.3)
})

test('an autoencoder that diverges stops at its last finite weights', async () => {
  const layers = [{ units: 20, activation: 'relu' as const }, {}]
  const spec = specOf({ ...AUTOENCODER, layers, optimizer: { kind: 'sgd', learningRate: 1e6 } })
  const session = await open(gpu, spec)
  await session.advance(50)
  await session.settle()
  expect(session.nonFinite?.where).toMatch(/^(hidden 1|output|loss|gradient of .+)$/)
  expect(flatten(await session.read()).every(Number.isFinite)).toBe(true)
  session.destroy()
})
