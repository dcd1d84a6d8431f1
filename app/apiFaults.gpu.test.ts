import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  analyzeActivations,
  SpecError,
  SpectralError,
  symmetricEigenvalues,
  train,
  TrainingError,
  type ExperimentDocument,
  type Sample,
  type TrainOptions,
} from './api'
import { collect } from './apiTesting/runs'
import { watchDevices, type DeviceWatch } from './gpu/testing/watchDevices'

const ENGINES = ['gpu', 'reference'] as const

let watch: DeviceWatch

beforeAll(() => {
  watch = watchDevices()
})
afterEach(() => {
  expect(watch.liveBuffers()).toEqual([])
})
afterAll(() => {
  expect(watch.errors).toEqual([])
  watch.stop()
})

const SMALL: ExperimentDocument = {
  data: { kind: 'gaussians', samples: 200, classes: 3 },
  layers: [
    { kind: 'dense', units: 8, activation: 'relu' },
    { kind: 'dense', units: 6, activation: 'relu' },
    { kind: 'dense', units: 3 },
  ],
  training: { batchSize: 16 },
  monitor: { cadence: 3, samples: 100 },
}
const ENDLESS = 1_000_000

/** What a call rejects with. */
async function failure(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => new Error('it did not reject'),
    (error: unknown) => error,
  )
  if (!(outcome instanceof Error)) throw new Error(`it rejected with ${String(outcome)}`)
  return outcome
}

/** As a script without types could pass it. */
function trainUntyped(document: unknown, options: unknown): Promise<unknown> {
  return collect(document as ExperimentDocument, options as TrainOptions)
}

describe('a spec that cannot be run', () => {
  const csv = new File(['a,b\n1,2\n'], 'table.csv')
  test.each([
    [null, {}, ''],
    [{ layers: [] }, {}, 'layers'],
    [{ ...SMALL, layers: [{ units: 0 }, { units: 3 }] }, {}, 'layers.0.units'],
    [{ ...SMALL, layers: [{ units: 8 }, { units: 4 }] }, {}, 'layers.1.units'],
    [{ ...SMALL, layers: [{ units: 8 }, { units: 3, activation: 'relu' }] }, {}, 'layers.1.activation'],
    [{ ...SMALL, layers: [{ units: 8, width: 3 }, { units: 3 }] }, {}, 'layers.0.width'],
    [{ ...SMALL, optimizer: { kind: 'adam', learningRate: Number.NaN } }, {}, 'optimizer.learningRate'],
    [{ ...SMALL, optimizer: { kind: 'adagrad' } }, {}, 'optimizer.kind'],
    [{ ...SMALL, data: { kind: 'plane' }, loss: { kind: 'crossEntropy' } }, {}, 'loss.kind'],
    [{ ...SMALL, monitor: { layers: ['hidden 7'] } }, {}, 'monitor.layers.0'],
    [{ ...SMALL, training: { batchSize: 2.5 } }, {}, 'training.batchSize'],
    [{ ...SMALL, version: 99 }, {}, 'version'],
    [SMALL, { steps: 0 }, 'options.steps'],
    [SMALL, { steps: 1.5 }, 'options.steps'],
    [SMALL, { steps: Number.POSITIVE_INFINITY }, 'options.steps'],
    [SMALL, { steps: '10' }, 'options.steps'],
    [SMALL, { steps: undefined }, 'options.steps'],
    [SMALL, { engine: 'cuda' }, 'options.engine'],
    [SMALL, { files: [csv] }, 'data.kind'],
    [{ data: { kind: 'csv' } }, { files: [] }, 'options.files'],
    [{ data: { kind: 'idx' } }, {}, 'options.files'],
  ])('(%#) is refused with the path of the field, before anything is allocated', async (document, options, path) => {
    const made = watch.buffersMade()
    const error = await failure(trainUntyped(document, { steps: 5, ...options }))
    expect(error).toBeInstanceOf(SpecError)
    const faults = error instanceof SpecError ? error.faults : []
    expect(faults.map((fault) => fault.path)).toContain(path)
    for (const { message } of faults) expect(error.message).toContain(message)
    expect(watch.devices).toHaveLength(0)
    expect(watch.buffersMade()).toBe(made)
  })

  test('as one too large for the engine is refused with figure and ceiling, and nothing stays allocated', async () => {
    const wide = { kind: 'dense', units: 2048, activation: 'relu' } as const
    const layers = [wide, wide, wide, { kind: 'dense', units: 3 } as const]
    for (const engine of ENGINES) {
      const made = watch.buffersMade()
      const call = collect({ ...SMALL, layers, training: { batchSize: 16_384 } }, { steps: 1, engine })
      const error = await failure(call)
      expect(error).toBeInstanceOf(SpecError)
      expect(error.message).toMatch(/training\.batchSize: .*billion floating-point operations; .* are allowed/)
      expect(watch.buffersMade()).toBe(made)
    }
  })
})

describe('an abort', () => {
  test('before, while preparing, while training and between samples ends in AbortError with everything freed', async () => {
    for (const engine of ENGINES) {
      const early = failure(collect(SMALL, { steps: 5, engine, signal: AbortSignal.abort(new Error('my reason')) }))
      expect(await early).toMatchObject({ name: 'AbortError', cause: new Error('my reason') })

      const preparing = new AbortController()
      const prepared = failure(collect(SMALL, { steps: ENDLESS, engine, signal: preparing.signal }))
      preparing.abort()
      expect(await prepared).toMatchObject({ name: 'AbortError' })
      expect(watch.liveBuffers()).toEqual([])

      const controller = new AbortController()
      const samples: Sample[] = []
      const consume = async (): Promise<void> => {
        for await (const sample of train(SMALL, { steps: ENDLESS, engine, signal: controller.signal })) {
          samples.push(sample)
          if (samples.length === 5) setTimeout(() => controller.abort('no more'), 0)
        }
      }
      expect(await failure(consume())).toMatchObject({ name: 'AbortError', cause: 'no more' })
      expect(samples.length).toBeGreaterThanOrEqual(5)
      expect(watch.liveBuffers()).toEqual([])
    }
  })

  test('frees the GPU at once, though nobody asks for another sample', async () => {
    const controller = new AbortController()
    const run = train(SMALL, { steps: ENDLESS, engine: 'gpu', signal: controller.signal })
    await run.next()
    expect(watch.liveBuffers()).not.toEqual([])
    controller.abort()
    expect(watch.liveBuffers()).toEqual([])
    expect(await failure(run.next())).toMatchObject({ name: 'AbortError' })
    expect(await run.next()).toEqual({ done: true, value: undefined })
  })
})

describe('whoever stops listening', () => {
  test('by break, by throwing or by return() leaves nothing behind', async () => {
    for (const engine of ENGINES) {
      for await (const { step } of train(SMALL, { steps: ENDLESS, engine })) if (step >= 6) break
      expect(watch.liveBuffers()).toEqual([])
      const throwing = async (): Promise<void> => {
        for await (const { step } of train(SMALL, { steps: ENDLESS, engine })) if (step > 0) throw new Error('enough')
      }
      expect(await failure(throwing())).toMatchObject({ message: 'enough' })
      expect(watch.liveBuffers()).toEqual([])
      const untouched = train(SMALL, { steps: 5, engine })
      await untouched.return()
      const touched = train(SMALL, { steps: ENDLESS, engine })
      await touched.next()
      await touched.return()
    }
  })

  test('at the last sample finds everything freed already', async () => {
    const run = train(SMALL, { steps: 4, engine: 'gpu' })
    let sample = await run.next()
    while (sample.value?.step !== 4) sample = await run.next()
    expect(watch.liveBuffers()).toEqual([])
    expect('parameters' in sample.value && Object.keys(sample.value.parameters())).toContain('0.weight')
  })
})

describe('training that diverges', () => {
  test('ends in an error that names step and layer, after the samples that came before', async () => {
    const document = {
      ...SMALL,
      loss: { kind: 'meanSquaredError' },
      optimizer: { kind: 'sgd', learningRate: 1e5 },
    } as const
    const failures: unknown[] = []
    for (const engine of ENGINES) {
      const steps: number[] = []
      const consume = async (): Promise<void> => {
        const every = { ...document, monitor: { cadence: 1, samples: 50 } }
        for await (const sample of train(every, { steps: ENDLESS, engine })) {
          expect(Number.isFinite(sample.loss)).toBe(true)
          steps.push(sample.step)
        }
      }
      const error = await failure(consume())
      expect(error).toBeInstanceOf(TrainingError)
      const fault = error instanceof TrainingError ? error.nonFinite! : undefined
      expect(error.message).toContain(`Update ${fault!.step} `)
      expect(error.message).toContain(fault!.where)
      expect(error.message).toMatch(/smaller learning rate/)
      expect(fault!.where).toMatch(/^(hidden [12]|output|loss|gradient of .+)$/)
      expect(steps[0]).toBe(0)
      expect(Math.max(...steps)).toBeLessThan(fault!.step)
      failures.push(fault)
    }
    expect(failures[0]).toEqual(failures[1])
  })
})

describe('requests for spectra that make no sense', () => {
  const twelve = new Float32Array(12)
  const ask = (activations: unknown, shape: unknown, options: unknown = {}): Promise<unknown> =>
    analyzeActivations(activations as Float32Array, shape as { samples: number; features: number }, options as {})
  const solve = (matrices: unknown, options: unknown = {}): Promise<unknown> =>
    symmetricEigenvalues(matrices as { values: Float32Array; order: number }[], options as {})

  test.each([
    [() => ask(twelve, { samples: 0, features: 12 }), /shape\.samples is 0/],
    [() => ask(twelve, { samples: 4, features: 3.5 }), /shape\.features is 3\.5; it must be a whole number/],
    [() => ask(twelve, { samples: 4, features: 4 }), /activations holds 12 numbers; 4 samples of 4 features are 16/],
    [() => ask(new Float32Array(), { samples: 1, features: 1 }), /activations holds 0 numbers/],
    [() => ask(undefined, { samples: 3, features: 1 }), /activations is missing; pass a Float32Array/],
    [() => ask(new ArrayBuffer(12), { samples: 3, features: 1 }), /activations is an object; pass a Float32Array/],
    [() => ask(twelve, undefined), /shape is missing; pass { samples, features }/],
    [() => ask(twelve, { samples: 4, features: 3 }, { threshold: 1.5 }), /threshold is 1\.5/],
    [() => ask(twelve, { samples: 4, features: 3 }, { convention: 'mine' }), /convention is “mine”/],
    [() => ask(twelve, { samples: 4, features: 3 }, { solver: 'magic' }), /solver “magic”.*Choose/],
    [() => ask(twelve, { samples: 4, features: 3 }, { solver: 'tracking' }), /solver “tracking”.*Choose/],
    [() => ask(new Float32Array(2000), { samples: 1, features: 2000 }), /features is 2000; spectra go up to 1024/],
    [() => ask(new Float32Array(400), { samples: 2, features: 200 }, { solver: 'jacobi' }), /order 200.*Choose/],
    [() => solve([{ values: twelve, order: 3 }]), /matrices\[0\]\.values holds 12 numbers; order 3 takes all 9/],
    [
      () =>
        solve([
          { values: Float32Array.of(1), order: 1 },
          { values: twelve, order: -1 },
        ]),
      /matrices\[1\]\.order is -1/,
    ],
    [() => solve([{ values: Float32Array.of(1, 2, 3, 4), order: 2 }]), /matrices\[0\] is not symmetric/],
    [() => solve([{ values: '1', order: 1 }]), /matrices\[0\]\.values is “1”; pass a Float32Array/],
    [() => solve({ values: twelve, order: 1 }), /matrices is an object; pass a list of { values, order }/],
    [() => solve([null]), /matrices\[0\] is null; pass { values, order }/],
  ])('are refused with what, where and what to do (%#)', async (request, message) => {
    const error = await failure(request())
    expect(error).toBeInstanceOf(SpectralError)
    expect(error.message).toMatch(message)
    expect(watch.liveBuffers()).toEqual([])
  })

  test('but numbers in other arrays are taken as f32, and no matrices have no eigenvalues', async () => {
    const shape = { samples: 4, features: 1 }
    const plain = await ask([1, 2, 3, 5], shape)
    expect(await ask(Float64Array.of(1, 2, 3, 5), shape)).toEqual(plain)
    expect(await analyzeActivations(Float32Array.of(1, 2, 3, 5), shape)).toEqual(plain)
    expect(await solve([{ values: [4], order: 1 }])).toMatchObject([{ eigenvalues: Float32Array.of(4) }])
    expect(await symmetricEigenvalues([])).toEqual([])
  })
})
