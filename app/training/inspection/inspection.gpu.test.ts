import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ExperimentDocument } from '../../experiment/spec'
import { relativeError } from '../../nn/kernels/kernelTesting'
import { openEngine, type Engine } from '../engine'
import { dataOf, open, specOf } from '../testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

const DIGITS = { kind: 'digits', size: 8, samples: 40, classes: 4, noise: 0.2, heldOut: 0.4 } as const

/** Channel counts that are padded, on the input, in front of a dense layer and behind one. */
const networks: Readonly<Record<string, ExperimentDocument>> = {
  convolutions: {
    layers: [
      { kind: 'conv', channels: 5, kernel: 3, activation: 'relu', normalisation: 'batch' },
      { kind: 'maxPool' },
      { kind: 'transposedConv', channels: 3, kernel: 2, stride: 2, activation: 'tanh' },
      { kind: 'conv', channels: 6, kernel: 3, groups: 3, dropout: 0.5 },
      { kind: 'flatten' },
      { kind: 'dense', units: 9, activation: 'silu' },
      { kind: 'dense', units: 4 },
    ],
  },
  'residual blocks': {
    layers: [
      { kind: 'conv', channels: 5, kernel: 3 },
      {
        kind: 'residual',
        layers: [
          { kind: 'conv', channels: 5, normalisation: 'batch' },
          { kind: 'conv', channels: 5 },
        ],
      },
      { kind: 'residual', order: 'pre', layers: [{ kind: 'conv', channels: 6, stride: 2, normalisation: 'layer' }] },
      { kind: 'globalAveragePool' },
      { kind: 'dense', units: 4 },
    ],
  },
  dense: {
    layers: [
      { kind: 'dense', units: 9, activation: 'sigmoid' },
      { kind: 'dense', units: 4 },
    ],
  },
}

const namesOf: Readonly<Record<string, readonly string[]>> = {
  convolutions: ['conv 1', 'max pool 1', 'transposed conv 1', 'conv 2', 'hidden 1', 'output'],
  'residual blocks': [
    'conv 1',
    'block 1 conv 1',
    'block 1 conv 2',
    'block 1',
    'block 2 conv 1',
    'block 2 projection',
    'block 2',
    'global pool 1',
    'output',
  ],
  dense: ['hidden 1', 'output'],
}

/** The second sample, as often as weights of a layer are wanted with it. */
async function inspectSecond(engine: Engine, document: ExperimentDocument, filtersOf: readonly string[] = []) {
  const spec = specOf({ data: DIGITS, training: { batchSize: 8, steps: 9 }, ...document })
  const { inputs, features } = dataOf(spec)
  const session = await open(engine, spec)
  const sample = inputs.subarray(features, 2 * features)
  const inspection = await session.inspect(sample, {})
  const filters = await Promise.all(filtersOf.map((name) => session.inspect(sample, { filtersOf: name })))
  const predicted = await session.predict(sample, 1)
  session.destroy()
  return { inspection, filters: filters.map((one) => one.filters!), predicted }
}

describe.each(Object.keys(networks))('one sample in a network of %s', (name) => {
  test('has the maps and weights that the float64 twin has, layer by layer', async () => {
    const document = networks[name]!
    const weighted = namesOf[name]!.filter((layer) => /conv|hidden|projection|output/.test(layer))
    const actual = await inspectSecond(gpu, document, weighted)
    const expected = await inspectSecond(reference, document, weighted)
    const { layers, output, filters } = actual.inspection
    expect(layers.map((layer) => layer.name)).toEqual(namesOf[name])
    expect(filters).toBeUndefined()
    layers.forEach(({ values, ...layer }, index) => {
      const { values: twin, ...rest } = expected.inspection.layers[index]!
      expect(layer).toEqual(rest)
      expect(values).toHaveLength(layer.shape.height * layer.shape.width * layer.shape.channels)
      expect(relativeError(values, twin), layer.name).toBeLessThan(5e-6)
      if (!layer.isSigned) expect(Math.min(...twin)).toBeGreaterThanOrEqual(0)
    })
    expect(relativeError(output, actual.predicted)).toBeLessThan(5e-6)
    expect(actual.filters.map(({ layer }) => layer)).toEqual(weighted)
    actual.filters.forEach(({ values, ...rest }, index) => {
      const { values: twin, ...twinRest } = expected.filters[index]!
      expect(rest).toEqual(twinRest)
      expect(relativeError(values, twin), rest.layer).toBeLessThan(1e-6)
    })
  })
})

describe('looking into a session', () => {
  const spec = () => specOf({ data: DIGITS, training: { batchSize: 8, steps: 50 }, ...networks['convolutions'] })

  test('shows the weights of the step it names, now or kept, and leaves training as it was', async () => {
    for (const engine of [gpu, reference]) {
      const { inputs, features } = dataOf(spec())
      const sample = inputs.subarray(0, features)
      const [looked, undisturbed] = [await open(engine, spec()), await open(engine, spec())]
      looked.snapshot()
      const first = await looked.inspect(sample, {})
      await looked.advance(3)
      const now = looked.inspect(sample, {})
      const before = looked.inspect(sample, { atStep: 2 })
      await looked.advance(4)
      const { step, output } = await now
      expect(step).toBeGreaterThanOrEqual(3)
      await undisturbed.advance(step)
      expect(relativeError(output, await undisturbed.predict(sample, 1))).toBeLessThan(5e-6)
      expect(await before).toEqual(first)
      await undisturbed.advance(7 - step)
      expect(await looked.read()).toEqual(await undisturbed.read())
      looked.destroy()
      undisturbed.destroy()
    }
  })

  test('ends with the session and leaves nothing behind', async () => {
    if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
    const before = gpu.gpu.ledger.total()
    const session = await open(gpu, spec())
    await session.inspect(new Float32Array(64), {})
    const underWay = session.inspect(new Float32Array(64), {})
    session.destroy()
    await expect(underWay).rejects.toThrow()
    await expect(session.inspect(new Float32Array(64), {})).rejects.toThrow('the session was ended')
    await gpu.gpu.device.queue.onSubmittedWorkDone()
    expect(gpu.gpu.ledger.total()).toEqual(before)
  })

  test('is refused where there is no memory for it, leaves nothing of it, and may be asked for again', async () => {
    if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
    const { ledger, device } = gpu.gpu
    const session = await open(gpu, spec())
    const before = ledger.total()
    const popErrorScope = device.popErrorScope.bind(device)
    const popped = vi.spyOn(device, 'popErrorScope').mockImplementationOnce(async () => {
      await popErrorScope()
      return new GPUOutOfMemoryError('no room for this')
    })
    const sample = new Float32Array(64)
    await expect(session.inspect(sample, {})).rejects.toMatchObject({ fault: 'out-of-memory' })
    popped.mockRestore()
    expect(ledger.total()).toEqual(before)
    await session.advance(1)
    expect(await session.inspect(sample, {})).toMatchObject({ step: 1 })
    session.destroy()
  })

  test('averages what is too large to be seen, and says so', async () => {
    const enlarge = { kind: 'upsample', factor: 3 } as const
    const layers = [enlarge, enlarge, { kind: 'globalAveragePool' }, { kind: 'dense', units: 4 }] as const
    const { inspection } = await inspectSecond(gpu, { layers })
    const expected = await inspectSecond(reference, { layers })
    const large = inspection.layers[1]!
    expect(large).toMatchObject({ shape: { height: 72, width: 72 }, shown: { height: 64, width: 64 } })
    expect(relativeError(large.values, expected.inspection.layers[1]!.values)).toBeLessThan(5e-6)
  })
})
