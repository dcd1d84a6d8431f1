import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { relativeError } from '../nn/kernels/kernelTesting'
import { openEngine, type Engine } from './engine'
import { columnOf, flatten, losses, open, SMALL, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

/** What depends on the step, each differently: the place in the epoch, the crops and flips, the schedule, the masks. */
const PLAIN = specOf({
  data: { kind: 'digits', size: 8, samples: 300, classes: 3 },
  layers: [...SMALL.layers.slice(0, 2).map((layer) => ({ ...layer, dropout: 0.3 })), SMALL.layers[2]],
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  schedule: { kind: 'cosine', warmup: 10, floor: 0.1 },
  training: { batchSize: 23, steps: 200, augmentation: { crop: 2, flip: true } },
})
const HALF = 37

describe('a session that begins at a later step', () => {
  test('on the GPU continues another run bit for bit', async () => {
    const whole = await open(gpu, PLAIN)
    await whole.advance(HALF)
    const parameters = await whole.read()
    await losses(whole)
    const fork = await open(gpu, PLAIN, { step: HALF, parameters })
    expect(fork.step).toBe(HALF)
    expect(flatten(await fork.read())).toEqual(flatten(parameters))
    for (const session of [whole, fork]) await session.advance(HALF)
    expect(await losses(fork)).toEqual(await losses(whole))
    expect(flatten(await fork.read())).toEqual(flatten(await whole.read()))
    const [expected, measured] = [await columnOf(whole), await columnOf(fork)]
    expect(measured).toEqual(expected)
    whole.destroy()
    fork.destroy()
  })

  test('on the reference engine continues another run bit for bit', async () => {
    const whole = await open(reference, PLAIN)
    await whole.advance(HALF)
    // What is read is rounded to f32, so the run that goes on takes up the rounded weights, too.
    const parameters = await whole.read()
    whole.restore(parameters)
    await losses(whole)
    const fork = await open(reference, PLAIN, { step: HALF, parameters })
    for (const session of [whole, fork]) await session.advance(HALF)
    expect(fork.step).toBe(2 * HALF)
    expect(await losses(fork)).toEqual(await losses(whole))
    expect(flatten(await fork.read())).toEqual(flatten(await whole.read()))
    expect(await columnOf(fork)).toEqual(await columnOf(whole))
    whole.destroy()
    fork.destroy()
  })

  test('is the same on both engines, moments and their corrections beginning anew', async () => {
    const spec = specOf({ optimizer: { kind: 'adam', learningRate: 0.003 } })
    const origin = await open(gpu, spec)
    await origin.advance(60)
    const start = { step: 60, parameters: await origin.read() }
    const [onGpu, exact] = await Promise.all([open(gpu, spec, start), open(reference, spec, start)])
    // Whoever restores its own weights keeps its step and loses its moments: the same course.
    origin.restore(start.parameters)
    for (const session of [origin, onGpu, exact]) await session.advance(60)
    expect(flatten(await onGpu.read())).toEqual(flatten(await origin.read()))
    expect(relativeError(flatten(await onGpu.read()), flatten(await exact.read()))).toBeLessThan(1e-4)
    for (const session of [origin, onGpu, exact]) session.destroy()
  })

  test('numbers its records and its refused update from there', async () => {
    const spec = specOf({
      layers: SMALL.layers.map((layer, index) => (index < 2 ? { ...layer, activation: 'relu' as const } : layer)),
      loss: { kind: 'meanSquaredError' },
      optimizer: { kind: 'sgd', learningRate: 1e6 },
    })
    for (const engine of [gpu, reference]) {
      const origin = await open(engine, spec)
      const session = await open(engine, spec, { step: 5_000, parameters: await origin.read() })
      await session.advance(50)
      await session.settle()
      const records = session.takeRecords()
      expect(records[0]!.firstStep).toBe(5_001)
      const recorded = records.reduce((sum, { loss }) => sum + loss.length, 0)
      expect(session.nonFinite!.step).toBe(5_001 + recorded)
      expect(session.step).toBe(5_000 + recorded)
      origin.destroy()
      session.destroy()
    }
  })

  test('is refused where the weights are those of another network, or the step is none', async () => {
    const origin = await open(reference, PLAIN)
    const parameters = await origin.read()
    const wider = specOf({ layers: [{ units: 18, activation: 'tanh' }, { units: 3 }] })
    for (const engine of [gpu, reference]) {
      await expect(open(engine, wider, { step: 3, parameters })).rejects.toThrow('“0.weight” is [17, 64]')
      await expect(open(engine, PLAIN, { step: 1.5, parameters })).rejects.toThrow('cannot begin after 1.5 updates')
    }
    origin.destroy()
  })
})
