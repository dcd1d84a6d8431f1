import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { relativeError } from '../nn/kernels/kernelTesting'
import { openEngine, type Engine } from './engine'
import { chooseJudged } from './predictions/judgedSamples'
import { readPredictions } from './predictions/readPredictions'
import { dataOf, open, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

const IMAGES: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 200, classes: 4, noise: 0.2, heldOut: 0.3 },
  layers: [
    { kind: 'conv', channels: 5, kernel: 3, activation: 'relu', normalisation: 'batch' },
    { kind: 'maxPool' },
    { kind: 'dense', units: 9, activation: 'silu', dropout: 0.5 },
    { kind: 'dense', units: 4 },
  ],
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 16, steps: 40 },
}

/** Trains on the GPU, then opens that network on both engines, with what reads its predictions. */
async function openBoth() {
  const spec = specOf(IMAGES)
  const dataset = dataOf(spec)
  const judged = chooseJudged(dataset, spec.seed)
  const trained = await open(gpu, spec)
  trained.snapshot()
  await trained.advance(30)
  const twin = await open(reference, spec)
  twin.restore(await trained.read())
  const readerOf = async (session: typeof trained) => {
    const reader = await session.readers.openPredictions(judged.positions.length)
    const { signal } = new AbortController()
    const read = (atStep?: number) => readPredictions(reader, dataset, judged, { loss: spec.loss, atStep, signal })
    return { reader, read }
  }
  return { trained, twin, ...(await readerOf(trained)), twinReader: await readerOf(twin) }
}

test('predictions on the GPU are those of the reference engine', async () => {
  const { trained, twin, read, twinReader } = await openBoth()
  const [actual, expected] = [await read(), await twinReader.read()]
  expect(actual.predicted).toEqual(expected.predicted)
  expect(actual.truth).toEqual(expected.truth)
  expect(relativeError(actual.confidence, expected.confidence)).toBeLessThan(5e-6)
  expect(relativeError(actual.truthScore, expected.truthScore)).toBeLessThan(5e-6)
  // Not every sample is taken for the same class, or this would say little.
  expect(new Set(actual.predicted).size).toBeGreaterThan(1)
  trained.destroy()
  twin.destroy()
})

test('predictions are of one step while training goes on, cost columns nothing, and leave nothing behind', async () => {
  const { trained, twin, reader, read } = await openBoth()
  await trained.settle()
  const { measuringMillis } = trained.clock
  const reading = read()
  await trained.advance(5)
  const [before, after, first] = [await reading, await read(), await read(3)]
  expect([before.step, after.step, first.step]).toEqual([30, 35, 0])
  expect(after.confidence).not.toEqual(before.confidence)
  expect(await read(0)).toEqual(first)
  expect(reader.spentMillis).toBeGreaterThan(0)
  expect(trained.clock.measuringMillis).toBe(measuringMillis)
  trained.destroy()
  await expect(read()).rejects.toThrow('the session was ended')
  await expect(trained.readers.openPredictions(10)).rejects.toThrow('the session was ended')
  twin.destroy()
})
