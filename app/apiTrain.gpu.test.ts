import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { train, type ExperimentDocument, type LastSample, type Sample } from './api'
import { accuracyByDefinition, applyNetwork, lossByDefinition } from './apiTesting/networkByDefinition'
import { collect, dataOf, flatParameters, numbersOf, relativeDifference } from './apiTesting/runs'
import {
  covarianceByDefinition,
  distance,
  eigenvalueBound,
  eigenvaluesByDefinition,
  metricsByDefinition,
} from './apiTesting/spectrumByDefinition'
import { parseSpecOrThrow } from './experiment/schema'
import { watchDevices, type DeviceWatch } from './gpu/testing/watchDevices'

const ENGINES = ['gpu', 'reference'] as const

let watch: DeviceWatch

beforeAll(() => {
  watch = watchDevices()
})
afterAll(() => {
  expect(watch.errors).toEqual([])
  expect(watch.liveBuffers()).toEqual([])
  expect(watch.devices.length).toBe(1)
  watch.stop()
})

const SMALL: ExperimentDocument = {
  seed: 5,
  data: { kind: 'subspace', samples: 240, dimensions: 7, rank: 3, classes: 3, noise: 0.1, heldOut: 0.25 },
  layers: [
    { kind: 'dense', units: 9, activation: 'tanh', dropout: 0.2 },
    { kind: 'dense', units: 5, activation: 'linear' },
    { kind: 'dense', units: 6, activation: 'gelu' },
    { kind: 'dense', units: 3 },
  ],
  loss: { kind: 'crossEntropy', labelSmoothing: 0.1 },
  training: { batchSize: 10, steps: 2000 },
  monitor: { cadence: 7, samples: 4096 },
}

/** Everything the last sample says of the weights it hands out, computed again from those weights and the data. */
function expectExplained(document: ExperimentDocument, last: LastSample): void {
  const { layers, loss, monitor } = parseSpecOrThrow(document)
  const { inputs, targets, features, trainingCount, heldOutCount, task } = dataOf(document)
  const parameters = last.parameters()
  const heldOut = applyNetwork(layers, parameters, inputs.subarray(trainingCount * features), heldOutCount).at(-1)!
  const targetColumns = task.kind === 'classification' ? 1 : task.outputs
  const wanted = targets.subarray(trainingCount * targetColumns)
  const kind = task.kind === 'classification' ? 'classes' : 'values'
  expect(last.heldOut!.loss).toBeCloseTo(lossByDefinition(loss, heldOut.pre, wanted, kind, heldOut.width), 5)
  if (kind === 'values') expect(last.heldOut!.accuracy).toBeNaN()
  else expect(last.heldOut!.accuracy).toBe(accuracyByDefinition(loss, heldOut.pre, wanted, heldOut.width))

  // More samples were asked for than there are, so all of them are measured.
  const samples = trainingCount + heldOutCount
  const outputs = applyNetwork(layers, parameters, inputs, samples)
  for (const [index, { width, pre, post }] of outputs.entries()) {
    const { spectrum, ...layer } = last.layers[index]!
    expect(layer).toEqual({
      name: index === layers.length - 1 ? 'output' : `hidden ${index + 1}`,
      kind: 'dense',
      width,
    })
    const exact = eigenvaluesByDefinition(
      covarianceByDefinition(monitor.output === 'pre' ? pre : post, samples, width),
      width,
    )
    const expected = metricsByDefinition(exact, monitor.threshold)
    expect(distance(spectrum.eigenvalues, exact), layer.name).toBeLessThan(eigenvalueBound(width))
    const k = spectrum.intrinsicDimension + (monitor.convention === 'delve' ? 1 : 0)
    expect(Math.abs(k - expected.k), layer.name).toBeLessThanOrEqual(expected.margin >= 1e-4 ? 0 : 1)
    expect(spectrum.effectiveRank / expected.effectiveRank, layer.name).toBeCloseTo(1, 4)
    expect(spectrum).toMatchObject({ samples, threshold: monitor.threshold, convention: monitor.convention })
    expect(spectrum.saturation).toBe(spectrum.intrinsicDimension / width)
    expect(spectrum.provisional).toBe(samples < 10 * width)
  }
}

describe('train', () => {
  test.each(ENGINES)(
    'on engine %s yields a sample per column and ends with the weights that explain it',
    async (engine) => {
      const { samples, last } = await collect(SMALL, { steps: 30, engine })
      expect(samples.map(({ step }) => step)).toEqual([0, 7, 14, 21, 28, 30])
      for (const sample of samples) {
        expect(sample.epoch).toBeCloseTo((sample.step * 10) / 180, 12)
        expect(sample.loss).toBeGreaterThan(0)
        expect((sample.accuracy * 10) % 1).toBeCloseTo(0, 5)
        expect(sample.stepsPerSecond).toBeGreaterThan(0)
        expect(Number.isFinite(sample.stepsPerSecond)).toBe(true)
        expect(Object.keys(sample.variants)).toContain('engine')
        expect('parameters' in sample).toBe(sample.step === 30)
      }
      expectExplained(SMALL, last)
      const [first, second] = [last.parameters(), last.parameters()]
      expect(Object.keys(first)).toEqual([0, 3, 4, 6].flatMap((module) => [`${module}.weight`, `${module}.bias`]))
      first['0.weight']!.values.fill(0)
      expect(second['0.weight']!.values.some((value) => value !== 0)).toBe(true)
    },
  )

  test('takes what is measured, where and how from the monitor', async () => {
    const monitor = { output: 'post', threshold: 0.9, convention: 'delve', samples: 500, cadence: 100 } as const
    const document = { ...SMALL, monitor, loss: { kind: 'meanSquaredError' } } as const
    expectExplained(document, (await collect(document, { steps: 3 })).last)

    const part = { ...SMALL, monitor: { layers: ['output', 'hidden 2'], samples: 40, cadence: 1 } }
    for (const engine of ENGINES) {
      const { samples } = await collect(part, { steps: 3, engine })
      expect(samples.map(({ step }) => step)).toEqual([0, 1, 2, 3])
      for (const { layers } of samples) {
        expect(layers.map(({ name, width }) => ({ name, width }))).toEqual([
          { name: 'hidden 2', width: 5 },
          { name: 'output', width: 3 },
        ])
        // Ten per feature at least, where there are so many.
        expect(layers.map(({ spectrum }) => spectrum.samples)).toEqual([50, 50])
      }
    }
  })

  test('measures over windows of training samples, the last of which ends with the run', async () => {
    const windows = [
      { monitor: { source: 'train', samples: 35, cadence: 9 }, steps: 20, columns: [9, 20], counted: 40 },
      { monitor: { source: 'train', samples: 4096, cadence: 5 }, steps: 12, columns: [5, 12], counted: 50 },
      { monitor: { source: 'train', samples: 10, cadence: 1 }, steps: 4, columns: [1, 2, 3, 4], counted: 10 },
      { monitor: { source: 'train', samples: 4096, cadence: 100 }, steps: 6, columns: [6], counted: 60 },
    ] as const
    for (const engine of ENGINES) {
      for (const { monitor, steps, columns, counted } of windows) {
        const { samples } = await collect({ ...SMALL, monitor }, { steps, engine })
        expect(samples.map(({ step }) => step)).toEqual(columns)
        for (const { layers } of samples) {
          expect(layers.map(({ spectrum }) => spectrum.samples)).toEqual(Array(4).fill(counted))
        }
      }
    }
  })

  test('decides the columns by itself with cadence auto, the last one still at the last step', async () => {
    const document = { ...SMALL, monitor: { cadence: 'auto', samples: 60 } } as const
    for (const source of ['probe', 'train'] as const) {
      const { samples } = await collect({ ...document, monitor: { ...document.monitor, source } }, { steps: 150 })
      const steps = samples.map(({ step }) => step)
      expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => a - b))
      expect(steps.at(-1)).toBe(150)
      if (source === 'probe') expect(steps[0]).toBe(0)
    }
  })

  test('gives the same bits twice, and the same weights whatever is measured how often', async () => {
    for (const engine of ENGINES) {
      const options = { steps: 40, engine }
      const first = await collect(SMALL, options)
      const second = await collect(SMALL, options)
      expect(numbersOf(second.samples)).toEqual(numbersOf(first.samples))
      const weights = flatParameters(first.last)
      expect(flatParameters(second.last)).toEqual(weights)
      for (const monitor of [
        { cadence: 1, samples: 30, output: 'post' },
        { cadence: 'auto', source: 'train', samples: 50, layers: ['hidden 1'] },
      ] as const) {
        const { last } = await collect({ ...SMALL, monitor }, options)
        expect(flatParameters(last)).toEqual(weights)
      }
      const { last: other } = await collect({ ...SMALL, seed: 6 }, options)
      expect(flatParameters(other)).not.toEqual(weights)
    }
  })

  test('on the GPU agrees with the float64 reference', async () => {
    const [gpu, reference] = await Promise.all(
      ENGINES.map((engine) => collect({ ...SMALL, optimizer: { learningRate: 0.01 } }, { steps: 60, engine })),
    )
    expect(relativeDifference(flatParameters(gpu!.last), flatParameters(reference!.last))).toBeLessThan(1e-4)
    const losses = [gpu!, reference!].map(({ samples }) => samples.map(({ loss }) => loss))
    expect(relativeDifference(losses[0]!, losses[1]!)).toBeLessThan(1e-4)
    expect(gpu!.last.heldOut!.loss).toBeCloseTo(reference!.last.heldOut!.loss, 4)
  })

  test('runs that train at the same time do not disturb each other, and a short one need not wait for a long one', async () => {
    const alone = await collect(SMALL, { steps: 20 })
    const controller = new AbortController()
    const endless = { ...SMALL, seed: 9, monitor: { cadence: 50 } }
    const long = collect(endless, { steps: 1_000_000, signal: controller.signal })
    const [short] = await Promise.all([
      collect(SMALL, { steps: 20 }),
      collect({ ...SMALL, seed: 8 }, { steps: 20 }),
      collect({ ...SMALL, seed: 8 }, { steps: 5, engine: 'reference' }),
    ])
    expect(numbersOf(short.samples)).toEqual(numbersOf(alone.samples))
    expect(flatParameters(short.last)).toEqual(flatParameters(alone.last))
    controller.abort()
    await expect(long).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('@nightly thousands of steps, through every ring and table more than once, stay with the reference', async () => {
    const document: ExperimentDocument = {
      data: { kind: 'gaussians', samples: 100, classes: 3 },
      layers: [{ kind: 'dense', units: 4, activation: 'tanh' }, { kind: 'dense' }],
      training: { batchSize: 7 },
      optimizer: { kind: 'sgd', learningRate: 0.05 },
      schedule: { kind: 'cosine', warmup: 100, floor: 0 },
      monitor: { cadence: 1500, samples: 50 },
    }
    const [gpu, reference] = [
      await collect(document, { steps: 9000, engine: 'gpu' }),
      await collect(document, { steps: 9000, engine: 'reference' }),
    ]
    const losses = [gpu, reference].map(({ samples }) => samples.map(({ loss }) => loss))
    expect(losses[0]).toHaveLength(7)
    expect(relativeDifference(losses[0]!, losses[1]!)).toBeLessThan(1e-4)
    expect(relativeDifference(flatParameters(gpu.last), flatParameters(reference.last))).toBeLessThan(1e-4)
  }, 300_000)

  test('fits linear probes after the last update, and refuses data without classes before the first', async () => {
    const options = { steps: 60, linearProbes: true }
    const [gpu, reference] = [
      await collect(SMALL, { ...options, engine: 'gpu' }),
      await collect(SMALL, { ...options, engine: 'reference' }),
    ]
    expect(gpu.samples[0]).not.toHaveProperty('linearProbes')
    const probes = gpu.last.linearProbes!
    expect(probes).toMatchObject({ step: 60, trainingSamples: 180, heldOutSamples: 60 })
    expect(probes.accuracy).toHaveLength(4)
    for (const [index, accuracy] of probes.accuracy.entries()) {
      expect(accuracy).toBeGreaterThan(probes.chance + 0.1)
      // One of 60 samples may lie on a border that rounding moves.
      expect(accuracy).toBeCloseTo(reference.last.linearProbes!.accuracy[index]!, 1)
    }
    const values = { ...SMALL, data: { kind: 'hills' }, layers: [{}], loss: { kind: 'meanSquaredError' } } as const
    const started: Sample[] = []
    const run = async () => {
      for await (const sample of train(values, options)) started.push(sample)
    }
    await expect(run()).rejects.toThrow('Linear probes read classes off the layers, and these data have none.')
    expect(started).toEqual([])
  })

  test('has nothing to say of held-out samples where none are held out', async () => {
    const { data } = SMALL
    for (const engine of ENGINES) {
      const samples: Sample[] = []
      const document = { ...SMALL, data: { ...data, heldOut: 0 } }
      for await (const sample of train(document, { steps: 2, engine })) samples.push(sample)
      expect(samples.map((sample) => 'heldOut' in sample)).toEqual([false, false])
      expect(samples[0]!.layers[0]!.spectrum.samples).toBe(240)
    }
  })
})
