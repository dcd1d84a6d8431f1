import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openGpu } from '../gpu/device'
import { relativeError } from '../nn/kernels/kernelTesting'
import { createGpuEngine, openEngine, type Engine } from './engine'
import type { Measurement } from './session'
import { columnOf, flatten, losses, open, SMALL, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

describe('a session on the GPU', () => {
  test('follows the float64 reference over 200 steps of Adam', async () => {
    const spec = specOf({ optimizer: { kind: 'adam', learningRate: 0.003 } })
    const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
    await onGpu.advance(200)
    await exact.advance(200)
    const [trained, expected] = [await losses(onGpu), await losses(exact)]
    expect(trained).toHaveLength(200)
    expect(relativeError(trained, expected)).toBeLessThan(1e-4)
    expect(relativeError(flatten(await onGpu.read()), flatten(await exact.read()))).toBeLessThan(1e-4)
    expect(trained.at(-1)!).toBeLessThan(trained[0]! / 2)
    onGpu.destroy()
    exact.destroy()
  })

  test('measures the same spectra and held-out loss as the reference at the same weights', async () => {
    const spec = specOf({})
    const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
    await onGpu.advance(20)
    exact.restore(await onGpu.read())
    const [measured, expected] = await Promise.all([columnOf(onGpu), columnOf(exact)])
    expect(measured.step).toBe(20)
    expect(measured.heldOut!.accuracy).toBe(expected.heldOut!.accuracy)
    expect(measured.heldOut!.loss).toBeCloseTo(expected.heldOut!.loss, 5)
    expectSameSpectra(measured, expected)
    onGpu.destroy()
    exact.destroy()
  })

  test('a window of training samples covers exactly the last batches of it', async () => {
    const spec = specOf({ monitor: { source: 'train', samples: 60, cadence: 10, output: 'post' } })
    const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
    expect(onGpu.windowSteps).toBe(4)
    const columns = [onGpu, exact].map(async (session) => {
      await session.advance(6)
      const column = session.measure()
      await session.advance(7)
      return column
    })
    const [measured, expected] = await Promise.all(columns)
    expect(measured!.step).toBe(10)
    expect(expected!.step).toBe(10)
    expect(measured!.spectra[0]!.samples).toBe(60)
    expectSameSpectra(measured!, expected!, 1e-4)
    onGpu.destroy()
    exact.destroy()
  })

  test('gives bit-identical weights and spectra whatever the slicing, the measuring and the predictions between', async () => {
    const spec = specOf({
      layers: [...SMALL.layers.slice(0, 2).map((layer) => ({ ...layer, dropout: 0.3 })), SMALL.layers[2]],
    })
    const calm = await open(gpu, spec)
    await calm.advance(60)
    const busy = await open(gpu, spec)
    for (const steps of [1, 2, 7, 30, 20]) {
      await busy.advance(steps)
      await Promise.all([busy.measure(), busy.predict(new Float32Array(9), 1)])
    }
    const [first, second] = [await columnOf(calm), await columnOf(busy)]
    expect(flatten(await busy.read())).toEqual(flatten(await calm.read()))
    expect(second.spectra.map(({ eigenvalues }) => [...eigenvalues])).toEqual(
      first.spectra.map(({ eigenvalues }) => [...eigenvalues]),
    )
    calm.destroy()
    busy.destroy()
  })

  test('stops at the last finite weights and names step and layer', async () => {
    const layers = SMALL.layers.map((layer, index) => ({
      ...layer,
      ...(index < 2 && { activation: 'relu' as const }),
    }))
    const spec = specOf({ layers, loss: { kind: 'meanSquaredError' }, optimizer: { kind: 'sgd', learningRate: 1e6 } })
    const session = await open(gpu, spec)
    const [, column] = await Promise.all([session.advance(50), session.measure()])
    expect(column, 'weights of an earlier step').toBeUndefined()
    await session.settle()
    const fault = session.nonFinite!
    expect(fault.where).toMatch(/^(hidden \d|output|loss|gradient of .+)$/)
    const exact = await open(reference, spec)
    await exact.advance(50)
    expect(exact.nonFinite).toEqual(fault)
    expect(await exact.measure()).toBeUndefined()
    const calm = await open(gpu, spec)
    await calm.advance(fault.step - 1)
    const weights = flatten(await session.read())
    expect(weights.every(Number.isFinite)).toBe(true)
    expect(weights).toEqual(flatten(await calm.read()))
    expect(session.step).toBe(fault.step - 1)
    await session.advance(3)
    expect(session.step).toBe(fault.step - 1)
    session.destroy()
    calm.destroy()
  })

  test('learning rate, decay, clipping and dropout change from the next queued step on', async () => {
    const spec = specOf({})
    const changes = { learningRate: 0.02, weightDecay: 0.1, clipNorm: 0.05, dropout: { 0: 0.5, 1: 0.5 } }
    const ids = spec.layers.map(({ id }) => id)
    const settings = { ...changes, dropout: { [ids[0]!]: 0.5, [ids[1]!]: 0.5 } }
    const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
    for (const session of [onGpu, exact]) {
      await session.advance(20)
      session.change(settings)
      await session.advance(20)
    }
    expect(relativeError(await losses(onGpu), await losses(exact))).toBeLessThan(1e-4)
    onGpu.destroy()
    exact.destroy()
  })

  test('restoring weights begins a new course of the optimizer', async () => {
    const spec = specOf({})
    const [onGpu, exact] = await Promise.all([open(gpu, spec), open(reference, spec)])
    const start = await onGpu.read()
    for (const session of [onGpu, exact]) {
      await session.advance(30)
      session.restore(start)
      await session.advance(30)
    }
    expect(relativeError(flatten(await onGpu.read()), flatten(await exact.read()))).toBeLessThan(1e-4)
    onGpu.destroy()
    exact.destroy()
  })

  test('ended while it trains, measures and predicts, asks nothing more of the GPU and leaves no buffer behind', async () => {
    if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
    const { ledger, device, onUncapturedError } = gpu.gpu
    const complaints: string[] = []
    gpu.gpu.onUncapturedError = ({ message }) => complaints.push(message)
    const before = ledger.total()
    const session = await open(gpu, specOf({}))
    const underWay = [session.advance(300), session.measure(), session.predict(new Float32Array(9), 1)]
    await session.advance(1)
    session.destroy()
    underWay.push(session.advance(1), session.measure(), session.predict(new Float32Array(9), 1))
    const outcomes = await Promise.allSettled(underWay)
    expect(outcomes.slice(3).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await device.queue.onSubmittedWorkDone()
    expect(complaints).toEqual([])
    expect(ledger.total()).toEqual(before)
    gpu.gpu.onUncapturedError = onUncapturedError
  })

  test('a window that is open when its session ends rejects', async () => {
    const spec = specOf({ monitor: { source: 'train', samples: 60, cadence: 10 } })
    for (const engine of [gpu, reference]) {
      const session = await open(engine, spec)
      const column = session.measure()
      await session.advance(2)
      session.destroy()
      await expect(column).rejects.toThrow('the session was ended')
    }
  })

  test('leaves no buffer behind over many steps, resets and changes of the network', async () => {
    if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
    const { ledger } = gpu.gpu
    const before = ledger.total()
    for (let round = 0; round < 20; round++) {
      const layers = [
        { kind: 'dense', units: 4 + round, activation: 'relu' },
        { kind: 'dense', units: 3 },
      ] as const
      const session = await open(gpu, specOf({ layers }))
      await session.advance(5)
      await session.measure()
      session.destroy()
    }
    expect(ledger.total()).toEqual(before)
    const session = await open(gpu, specOf({ training: { batchSize: 4, steps: 1000 } }))
    await session.predict(new Float32Array(9), 1)
    const running = ledger.total()
    await session.advance(1_000)
    await session.measure()
    await session.settle()
    expect(ledger.total()).toEqual(running)
    session.destroy()
    expect(ledger.total()).toEqual(before)
  })
})

describe('the plan as an adapter that is no software runs it', () => {
  test('tiles, splits and the packed Jacobi solver give the same training and the same spectra', async () => {
    const device = await openGpu()
    const engine = createGpuEngine({ ...device, software: false })
    const data = { kind: 'subspace', samples: 300, dimensions: 512, rank: 20, classes: 3, heldOut: 0.2 } as const
    const layers = [{ units: 33, activation: 'gelu' }, { units: 17, activation: 'tanh' }, { units: 3 }] as const
    const spec = specOf({ data, layers, training: { batchSize: 32, steps: 200 } })
    const [onGpu, exact] = await Promise.all([open(engine, spec), open(reference, spec)])
    expect(onGpu.variants).toMatchObject({ 'spectrum of hidden 1': expect.stringContaining('jacobi') as string })
    expect(onGpu.variants['hidden 1 forward']).toMatch(/tiles of \d+, \d+ splits/)
    await onGpu.advance(20)
    await exact.advance(20)
    expect(relativeError(await losses(onGpu), await losses(exact))).toBeLessThan(1e-4)
    exact.restore(await onGpu.read())
    expectSameSpectra(await columnOf(onGpu), await columnOf(exact))
    onGpu.destroy()
    exact.destroy()
    engine.close()
  })
})

function expectSameSpectra(measured: Measurement, expected: Measurement, tolerance = 5e-6): void {
  measured.spectra.forEach((spectrum, output) => {
    const exact = expected.spectra[output]!
    expect(spectrum.samples).toBe(exact.samples)
    const largest = exact.eigenvalues[0]!
    spectrum.eigenvalues.forEach((eigenvalue, index) => {
      expect(Math.abs(eigenvalue - exact.eigenvalues[index]!)).toBeLessThan(tolerance * largest)
    })
  })
}
