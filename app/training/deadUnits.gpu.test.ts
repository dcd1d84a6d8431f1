import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Parameters } from '../nn/torchParameters'
import { openEngine, type Engine } from './engine'
import { columnOf, open, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

const layers = [
  { kind: 'dense', units: 17, activation: 'relu' },
  { kind: 'dense', units: 6, activation: 'linear' },
  { kind: 'dense', units: 9, activation: 'tanh' },
  { kind: 'dense', units: 3 },
] as const

/** Biases so large that units `first`, …, `first` + `count` − 1 of a layer say the same of every sample. */
function kill(parameters: Parameters, bias: string, value: number, count: number): Parameters {
  const killed = parameters[bias]!.values.slice().fill(value, 0, count)
  return { ...parameters, [bias]: { shape: parameters[bias]!.shape, values: killed } }
}

test('a column says how many units are dead, by layer with an activation function, on both engines', async () => {
  const spec = specOf({ layers })
  const origin = await open(reference, spec)
  const alive = await origin.read()
  const [reluBias, , tanhBias] = Object.keys(alive).filter((name) => name.endsWith('bias'))
  const broken = kill(kill(alive, reluBias!, -1e3, 5), tanhBias!, 1e3, 2)
  for (const engine of [gpu, reference]) {
    for (const output of ['pre', 'post'] as const) {
      const session = await open(engine, specOf({ layers, monitor: { samples: 256, cadence: 50, output } }))
      session.restore(broken)
      expect((await columnOf(session)).deadUnits).toEqual([5, undefined, 2, undefined])
      session.restore(alive)
      expect((await columnOf(session)).deadUnits).toEqual([0, undefined, 0, undefined])
      session.destroy()
    }
  }
  origin.destroy()
})

test('they are counted over all passes of the probe and for the layers that are tracked', async () => {
  // So wide that a software adapter takes the probe in several passes.
  const wide = [{ units: 700, activation: 'relu' }, { units: 640, activation: 'relu' }, { units: 3 }] as const
  const data = { kind: 'subspace', samples: 700, dimensions: 9, rank: 4, classes: 3, heldOut: 0.2 } as const
  const spec = specOf({ layers: wide, data, monitor: { layers: ['hidden 2'], samples: 700, cadence: 50 } })
  const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
  const parameters = await exact.read()
  const bias = Object.keys(parameters).filter((name) => name.endsWith('bias'))[1]!
  for (const session of [onGpu, exact]) session.restore(kill(parameters, bias, -1e3, 333))
  const [measured, expected] = [await columnOf(onGpu), await columnOf(exact)]
  expect(measured.deadUnits).toEqual(expected.deadUnits)
  expect(measured.deadUnits![0]).toBeGreaterThanOrEqual(333)
  expect(measured.deadUnits![0]).toBeLessThan(640)
  onGpu.destroy()
  exact.destroy()
})

test('windows of training samples have no such count', async () => {
  const spec = specOf({ layers, monitor: { source: 'train', samples: 30, cadence: 10 } })
  for (const engine of [gpu, reference]) {
    const session = await open(engine, spec)
    const column = session.measure()
    await session.advance(2)
    expect(await column).not.toHaveProperty('deadUnits')
    session.destroy()
  }
})
