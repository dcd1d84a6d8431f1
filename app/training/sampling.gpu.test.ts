import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ExperimentSpec, Sampling } from '../experiment/spec'
import { openEngine, type Engine } from './engine'
import type { Measurement, TrainingSession } from './session'
import { columnOf, open, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

const SAMPLINGS = ['channelwise', 'mean', 'max', 'median', 'flatten'] as const

/** Channels that are no multiple of four and that are, with and without batch norm, down to a single position. */
const layers = [
  { kind: 'conv', channels: 6, normalisation: 'batch', activation: 'relu' },
  { kind: 'maxPool' },
  { kind: 'conv', channels: 8, activation: 'tanh' },
  { kind: 'maxPool' },
  { kind: 'conv', channels: 5, kernel: 2, padding: 'valid', activation: 'linear' },
  { kind: 'dense', units: 10 },
] as const
/** Positions and channels of each measured layer. */
const MAPS = [
  [64, 6],
  [16, 8],
  [1, 5],
  [1, 10],
] as const

const data = { kind: 'digits', size: 8, samples: 120, classes: 10, heldOut: 0.4 } as const

function imageSpec(monitor: object): ExperimentSpec {
  return specOf({
    data,
    layers,
    // Adam would make steps of the rounding errors that a bias before a batch norm has as its gradient.
    optimizer: { kind: 'sgd', learningRate: 0.05 },
    training: { batchSize: 8, steps: 100 },
    monitor: { samples: 70, cadence: 50, ...monitor },
  })
}

/** The same weights behind both, after a few updates. */
async function openTrained(spec: ExperimentSpec): Promise<readonly [TrainingSession, TrainingSession]> {
  const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
  await onGpu.advance(5)
  exact.restore(await onGpu.read())
  return [onGpu, exact]
}

function expectSameMeasurement(measured: Measurement, expected: Measurement): void {
  expect(measured.sampling).toBe(expected.sampling)
  expect(measured.deadUnits).toEqual(expected.deadUnits)
  measured.spectra.forEach((spectrum, output) => {
    const exact = expected.spectra[output]!
    expect([spectrum.samples, spectrum.images, spectrum.state]).toEqual([exact.samples, exact.images, exact.state])
    expect(spectrum.eigenvalues).toHaveLength(exact.eigenvalues.length)
    const faults = spectrum.eigenvalues.map((value, at) => Math.abs(value - exact.eigenvalues[at]!))
    expect(Math.max(...faults), `output ${output}`).toBeLessThan(5e-6 * exact.eigenvalues[0]!)
  })
  measured.meanActivations?.forEach((mean, output) => {
    expect(mean).toBeCloseTo(expected.meanActivations![output]!, 5)
  })
}

describe.each(SAMPLINGS)('a network of images sampled %s', (sampling) => {
  test.each(['pre', 'post'] as const)('has the spectra of the float64 engine, %s activation', async (output) => {
    const [onGpu, exact] = await openTrained(imageSpec({ sampling, output }))
    const [measured, expected] = [await columnOf(onGpu), await columnOf(exact)]
    expectSameMeasurement(measured, expected)
    expect(measured.meanActivations).toHaveLength(4)
    MAPS.forEach(([positions, channels], layer) => {
      const spectrum = measured.spectra[layer]!
      const isEach = sampling === 'channelwise' && positions > 1
      // Flattened, 384 features ask for more samples than there are.
      const images = sampling === 'flatten' ? 120 : 100
      expect(spectrum.samples).toBe(isEach ? images * positions : images)
      expect(spectrum.images).toBe(isEach ? images : undefined)
      const width = sampling === 'flatten' ? positions * channels : channels
      expect(onGpu.outputs[layer]!.width).toBe(width)
      expect(spectrum.eigenvalues).toHaveLength(width)
    })
    onGpu.destroy()
    exact.destroy()
  })

  test('has those of the last training samples, too', async () => {
    const spec = imageSpec({ sampling, source: 'train', samples: 16, cadence: 10 })
    const columns = [gpu, reference].map(async (engine) => {
      const session = await open(engine, spec)
      const column = session.measure()
      await session.advance(2)
      const measured = await column
      session.destroy()
      return measured!
    })
    const [measured, expected] = await Promise.all(columns)
    expect(measured!.spectra[0]!.samples).toBe(sampling === 'channelwise' ? 16 * 64 : 16)
    measured!.spectra.forEach(({ eigenvalues, samples }, output) => {
      const exact = expected!.spectra[output]!
      expect(samples).toBe(exact.samples)
      const faults = eigenvalues.map((value, at) => Math.abs(value - exact.eigenvalues[at]!))
      expect(Math.max(...faults)).toBeLessThan(2e-5 * exact.eigenvalues[0]!)
    })
    expect(measured).not.toHaveProperty('meanActivations')
  })
})

test('a channel is dead where its normalised map is the same everywhere in all images, and it stays out of the mean', async () => {
  const spec = imageSpec({})
  const [onGpu, exact] = await openTrained(spec)
  const parameters = await onGpu.read()
  const alive = await columnOf(onGpu)
  expect(alive.deadUnits).toEqual([0, 0, undefined, undefined])
  // Of the first convolution's batch norm: what its ReLU gets of channels 1 and 4 is far below 0 everywhere.
  const [shift] = Object.keys(parameters)
    .filter((name) => name.endsWith('bias') && parameters[name]!.shape[0] === 6)
    .slice(-1)
  const values = parameters[shift!]!.values.slice()
  values[1] = values[4] = -1e3
  for (const session of [onGpu, exact]) session.restore({ ...parameters, [shift!]: { shape: [6], values } })
  const [measured, expected] = [await columnOf(onGpu), await columnOf(exact)]
  expect(measured.deadUnits).toEqual([2, 0, undefined, undefined])
  expectSameMeasurement(measured, expected)
  expect(measured.meanActivations![0]).toBeLessThan(alive.meanActivations![0]!)
  // Before the activation function nothing died.
  expect(measured.spectra[0]!.eigenvalues).toEqual(alive.spectra[0]!.eigenvalues)
  onGpu.destroy()
  exact.destroy()
})

test('a sampling may change while a run goes on, and changes nothing but what is measured', async () => {
  const [calm, busy] = await Promise.all([open(gpu, imageSpec({})), open(gpu, imageSpec({}))])
  const alone = new Map<Sampling, Measurement>()
  for (const sampling of ['flatten', 'median', 'channelwise'] as const) {
    const before = busy.sampling
    const early = busy.measure()
    const resampled = busy.resample(sampling)
    await busy.advance(4)
    const between = await columnOf(busy)
    // What it takes may be there by now, or not.
    expect([before, sampling]).toContain(between.sampling)
    await resampled
    expect(busy.sampling).toBe(sampling)
    expect((await early)!.sampling, 'columns under way come back as they were').toBe(before)
    const column = await columnOf(busy)
    alone.set(sampling, column)
    await calm.advance(4)
    const steady = await open(gpu, imageSpec({ sampling }))
    steady.restore(await calm.read())
    expect(column.spectra).toEqual((await columnOf(steady)).spectra)
    expect(busy.outputs).toEqual(steady.outputs)
    steady.destroy()
  }
  expect(await busy.read()).toEqual(await calm.read())
  calm.destroy()
  busy.destroy()
})

test('of samplings asked for in one go the last one counts, and nothing of the others stays allocated', async () => {
  if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
  const { ledger } = gpu.gpu
  const before = ledger.total()
  const session = await open(gpu, imageSpec({}))
  const running = ledger.total()
  await Promise.all((['mean', 'flatten', 'median', 'channelwise'] as const).map((one) => session.resample(one)))
  expect(session.sampling).toBe('channelwise')
  expect(ledger.total()).toEqual(running)
  await Promise.all((['mean', 'flatten', 'mean'] as const).map((one) => session.resample(one)))
  expect(session.sampling).toBe('mean')
  await columnOf(session)
  const left = session.resample('max')
  session.destroy()
  await left.catch(() => {})
  expect(ledger.total()).toEqual(before)
})

test('a sampling that there is no memory for is refused: columns go on as they were, and nothing of it stays', async () => {
  if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
  const { ledger, device } = gpu.gpu
  const session = await open(gpu, imageSpec({}))
  await columnOf(session)
  const before = ledger.total()
  const popErrorScope = device.popErrorScope.bind(device)
  const popped = vi.spyOn(device, 'popErrorScope').mockImplementationOnce(async () => {
    await popErrorScope()
    return new GPUOutOfMemoryError('no room for this')
  })
  await expect(session.resample('flatten')).rejects.toMatchObject({ fault: 'out-of-memory' })
  popped.mockRestore()
  expect(ledger.total()).toEqual(before)
  expect(session.sampling).toBe('channelwise')
  await session.advance(2)
  expect((await columnOf(session)).sampling).toBe('channelwise')
  // Once there is room, it may be asked for again.
  await session.resample('flatten')
  expect((await columnOf(session)).sampling).toBe('flatten')
  session.destroy()
})
