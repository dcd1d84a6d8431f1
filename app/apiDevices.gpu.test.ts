import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { analyzeActivations, GpuError, symmetricEigenvalues, train, type ExperimentDocument } from './api'
import { collect } from './apiTesting/runs'
import { watchDevices, type DeviceWatch } from './gpu/testing/watchDevices'
import { withoutAdapter } from './gpu/testing/withoutAdapter'

// These tests run in order: each leaves behind the device that the next one meets.

let watch: DeviceWatch

beforeAll(() => {
  watch = watchDevices()
})
afterAll(() => {
  expect(watch.liveBuffers()).toEqual([])
  watch.stop()
})

const SMALL: ExperimentDocument = {
  data: { kind: 'moons', samples: 100 },
  layers: [
    { kind: 'dense', units: 4, activation: 'tanh' },
    { kind: 'dense', units: 2 },
  ],
  monitor: { cadence: 10 },
}
const ENDLESS = 1_000_000
const SHAPE = { samples: 4, features: 2 }
const ACTIVATIONS = Float32Array.of(1, 2, -1, 2, 3, 0, 0, 5)

test('without a GPU everything but what asks for it runs on the CPU, and says so', async () => {
  await withoutAdapter(async () => {
    const { last } = await collect(SMALL, { steps: 3 })
    expect(last.variants).toEqual({ engine: 'float64 on the CPU' })
    expect(last.layers[0]!.spectrum.solver).toBe('reference')
    expect((await analyzeActivations(ACTIVATIONS, SHAPE)).solver).toBe('reference')
    expect((await symmetricEigenvalues([{ values: Float32Array.of(2), order: 1 }]))[0]!.solver).toBe('reference')
    const missing = { fault: 'adapter-missing', message: expect.stringMatching(/Check that/) as string }
    const training = collect(SMALL, { steps: 3, engine: 'gpu' })
    await expect(training).rejects.toBeInstanceOf(GpuError)
    await expect(training).rejects.toMatchObject(missing)
    const jacobi = analyzeActivations(ACTIVATIONS, SHAPE, { solver: 'jacobi' })
    await expect(jacobi).rejects.toMatchObject({ name: 'SpectralError', fault: 'solver-unavailable' })
  })
  expect(watch.devices).toHaveLength(0)
})

test('once there is a GPU it is used, by all calls the same device', async () => {
  const runs = [collect(SMALL, { steps: 3 }), collect(SMALL, { steps: 3, engine: 'gpu' })]
  const [spectrum] = await Promise.all([analyzeActivations(ACTIVATIONS, SHAPE, { solver: 'jacobi' }), ...runs])
  expect(spectrum.solver).toBe('jacobi')
  for (const run of runs) expect((await run).last.variants['engine']).toMatch(/^WebGPU on .+/)
  expect(watch.devices).toHaveLength(1)
})

test('an error of the GPU that no call catches fails the call instead of leaving zeros as its result', async () => {
  // What a broken call has set going may fail a little longer than the call.
  const log = vi.spyOn(console, 'error').mockReturnValue()
  const [device] = watch.devices
  const createBuffer = device!.createBuffer.bind(device)
  for (const [label, call] of [
    ['scatter', () => analyzeActivations(ACTIVATIONS, SHAPE, { solver: 'jacobi' })],
    ['gradients', () => collect(SMALL, { steps: ENDLESS })],
  ] as const) {
    // As where memory has run out: the buffer is there but cannot be used.
    device!.createBuffer = (descriptor) =>
      createBuffer(descriptor.label === label ? { ...descriptor, usage: 0 } : descriptor)
    const failing = call()
    await expect(failing).rejects.toBeInstanceOf(GpuError)
    await expect(failing).rejects.toThrow(label)
    device!.createBuffer = createBuffer
    expect(watch.liveBuffers()).toEqual([])
    await vi.waitFor(() => analyzeActivations(ACTIVATIONS, SHAPE, { solver: 'jacobi' }), { timeout: 20_000 })
  }
  log.mockRestore()
})

test('a lost device ends training with an error, and the next call opens another one', async () => {
  const lost = async (): Promise<void> => {
    for await (const { step } of train(SMALL, { steps: ENDLESS, engine: 'gpu' })) {
      if (step === 20) watch.devices[0]!.destroy()
    }
  }
  const training = lost()
  await expect(training).rejects.toMatchObject({ name: 'GpuError', fault: 'device-lost' })
  await expect(training).rejects.toThrow(/GPU (was lost|went away).*Train again/)
  expect(watch.liveBuffers()).toEqual([])
  expect((await collect(SMALL, { steps: 3, engine: 'gpu' })).last.step).toBe(3)
  expect((await analyzeActivations(ACTIVATIONS, SHAPE, { solver: 'jacobi' })).state).toBe('ok')
  expect(watch.devices).toHaveLength(2)
})
