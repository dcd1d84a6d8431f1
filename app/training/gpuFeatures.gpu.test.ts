import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { relativeError } from '../nn/kernels/kernelTesting'
import { openEngine, type Engine } from './engine'
import { measureLinearProbes } from './linearProbes/linearProbes'
import { dataOf, open, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

/** Layers that are averaged over a grid and layers that are read as they are. */
const IMAGES: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 300, classes: 4, noise: 0.2, heldOut: 0.4 },
  layers: [
    { kind: 'conv', channels: 5, kernel: 3, activation: 'relu' },
    { kind: 'maxPool' },
    { kind: 'conv', channels: 6, kernel: 3, activation: 'tanh', normalisation: 'batch' },
    { kind: 'dense', units: 9, activation: 'silu' },
    { kind: 'dense', units: 4 },
  ],
  training: { batchSize: 16, steps: 40 },
}

/** What the layers make of the first samples at the weights of step 0, some asked for out of order. */
async function readFirst(engine: Engine, document: ExperimentDocument) {
  const spec = specOf(document)
  const { inputs, features } = dataOf(spec)
  const session = await open(engine, spec)
  const reader = await session.readers.openFeatures()
  // Each engine takes as many at a time as it likes.
  const read: number[][] = [[], [], [], []]
  const order = [3, 0, 1, 2]
  for (let first = 0; first < 37;) {
    const count = Math.min(reader.rowsPerRead, 37 - first)
    const values = await reader.read(inputs.subarray(first * features, (first + count) * features), count, order)
    order.forEach((output, index) => read[output]!.push(...values[index]!))
    first += count
  }
  session.destroy()
  return { read, widths: reader.widths }
}

describe('features of the layers', () => {
  test.each(['pre', 'post'] as const)('are those of the reference engine (%s)', async (output) => {
    const document: ExperimentDocument = { ...IMAGES, monitor: { output } }
    const [actual, expected] = await Promise.all([readFirst(gpu, document), readFirst(reference, document)])
    expect(actual.widths).toEqual([80, 96, 9, 4])
    expect(expected.widths).toEqual(actual.widths)
    actual.read.forEach((values, layer) => {
      expect(values).toHaveLength(37 * actual.widths[layer]!)
      expect(relativeError(values, expected.read[layer]!)).toBeLessThan(5e-6)
    })
  })

  test('are of the step at which they were opened, while training goes on', async () => {
    const spec = specOf(IMAGES)
    const { inputs, features } = dataOf(spec)
    const session = await open(gpu, spec)
    await session.advance(5)
    const reader = await session.readers.openFeatures()
    const read = () => reader.read(inputs.subarray(0, 3 * features), 3, [0, 3])
    const before = await read()
    await session.advance(10)
    expect(await read()).toEqual(before)
    expect(reader.step).toBe(5)
    reader.close()
    const later = await session.readers.openFeatures()
    expect(later.step).toBe(15)
    expect(await later.read(inputs.subarray(0, 3 * features), 3, [0, 3])).not.toEqual(before)
    session.destroy()
  })

  test('reject once the session was ended', async () => {
    const session = await open(gpu, specOf(IMAGES))
    const reader = await session.readers.openFeatures()
    const reading = reader.read(new Float32Array(64 * 2), 2, [0])
    session.destroy()
    await expect(reading).rejects.toThrow()
    await expect(reader.read(new Float32Array(64 * 2), 2, [0])).rejects.toThrow('the session was ended')
    await expect(session.readers.openFeatures()).rejects.toThrow('the session was ended')
  })
})

test('probes of a run on the GPU agree with those on the reference engine', async () => {
  const spec = specOf({ ...IMAGES, monitor: { output: 'post' } })
  const dataset = dataOf(spec)
  const probes = await Promise.all(
    [gpu, reference].map(async (engine) => {
      const session = await open(engine, spec)
      const measured = await measureLinearProbes(session, dataset, { seed: spec.seed })
      session.destroy()
      return measured
    }),
  )
  probes[0]!.accuracy.forEach((accuracy, output) => {
    // Of 120 held-out samples no more than one differs by rounding.
    expect(Math.abs(accuracy! - probes[1]!.accuracy[output]!)).toBeLessThanOrEqual(1.01 / 120)
  })
  expect(probes[0]).toMatchObject({ step: 0, chance: probes[1]!.chance, heldOutSamples: 120 })
})
