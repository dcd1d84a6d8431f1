import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeIdx, writeMnistPair } from '../e2e/tools/idxFiles'
import { DataError, type ExperimentDocument, type LastSample, type Sample } from './api'
import { accuracyByDefinition, applyNetwork, lossByDefinition } from './apiTesting/networkByDefinition'
import { collect, dataOf, flatParameters, relativeDifference } from './apiTesting/runs'
import { parseSpecOrThrow } from './experiment/schema'
import type { Activation } from './experiment/spec'
import { watchDevices, type DeviceWatch } from './gpu/testing/watchDevices'

let watch: DeviceWatch

beforeAll(() => {
  watch = watchDevices()
})
afterAll(() => {
  expect(watch.errors).toEqual([])
  expect(watch.liveBuffers()).toEqual([])
  watch.stop()
})

type Layers = NonNullable<ExperimentDocument['layers']>

function hidden(activation: Activation, units = 6, dropout = 0): Layers[number] {
  return { kind: 'dense', units, activation, dropout }
}

/** Together: every kind of data, activation, initialisation, loss, optimizer and schedule, each at least once. */
const KINDS: ExperimentDocument[] = [
  {
    data: { kind: 'circle' },
    layers: [hidden('relu'), {}],
    initialisation: 'he',
    optimizer: { kind: 'sgd', learningRate: 0.1 },
  },
  {
    data: { kind: 'xor' },
    layers: [hidden('leakyRelu'), {}],
    initialisation: 'glorot',
    optimizer: { kind: 'momentum' },
  },
  { data: { kind: 'spirals' }, layers: [hidden('tanh'), {}], initialisation: 'lecun', optimizer: { kind: 'nesterov' } },
  {
    data: { kind: 'moons' },
    layers: [hidden('sigmoid'), { units: 1 }],
    loss: { kind: 'binaryCrossEntropy' },
    optimizer: { kind: 'rmsprop' },
  },
  {
    data: { kind: 'checkerboard' },
    layers: [hidden('gelu'), {}],
    schedule: { kind: 'step', every: 3, factor: 0.5 },
    optimizer: { kind: 'adam' },
  },
  {
    data: { kind: 'gaussians', classes: 5 },
    layers: [hidden('silu'), {}],
    schedule: { kind: 'cosine', warmup: 3, floor: 0.1 },
    optimizer: { kind: 'adamw', weightDecay: 0.1 },
  },
  { data: { kind: 'plane' }, layers: [hidden('linear'), {}], initialisation: { kind: 'normal', scale: 0.3 } },
  {
    data: { kind: 'hills', standardise: 'feature' },
    layers: [hidden('tanh', 1), {}],
    loss: { kind: 'meanSquaredError' },
    training: { clipNorm: 0.01 },
  },
  {
    data: { kind: 'subspace', standardise: 'dataset' },
    layers: [hidden('relu', 9, 0.5), {}],
    loss: { kind: 'binaryCrossEntropy' },
    training: { l1: 0.01, l2: 0.1 },
  },
  {
    data: { kind: 'teacher', labelNoise: 0.5 },
    layers: [hidden('gelu', 5, 0.3), hidden('tanh', 3), {}],
    loss: { kind: 'meanSquaredError' },
  },
  {
    data: { kind: 'digits', size: 8, samples: 100 },
    layers: [{}],
    loss: { kind: 'crossEntropy', labelSmoothing: 0.2 },
    schedule: { kind: 'constant', warmup: 4 },
  },
  {
    data: { kind: 'digits', size: 8, samples: 100 },
    layers: [hidden('tanh', 7), {}],
    loss: { kind: 'reconstruction' },
  },
]

/** The held-out loss and accuracy of the last sample, computed from the weights it hands out. */
function expectHeldOut(document: ExperimentDocument, last: LastSample): void {
  const { layers, loss } = parseSpecOrThrow(document)
  const { inputs, targets, features, trainingCount, heldOutCount, task } = dataOf(document)
  const heldOut = inputs.subarray(trainingCount * features)
  const { pre, width } = applyNetwork(layers, last.parameters(), heldOut, heldOutCount).at(-1)!
  const isOwnTarget = loss.kind === 'reconstruction'
  const wanted = isOwnTarget ? heldOut : targets.subarray(trainingCount)
  const kind = task.kind === 'classification' && !isOwnTarget ? 'classes' : 'values'
  expect(last.heldOut!.loss).toBeCloseTo(lossByDefinition(loss, pre, wanted, kind, width), 5)
  if (kind === 'values') expect([last.accuracy, last.heldOut!.accuracy]).toEqual([Number.NaN, Number.NaN])
  else expect(last.heldOut!.accuracy).toBe(accuracyByDefinition(loss, pre, wanted, width))
}

function expectNumbers({ loss, layers }: Sample): void {
  expect(Number.isFinite(loss)).toBe(true)
  for (const { width, spectrum } of layers) {
    expect(spectrum.eigenvalues).toHaveLength(width)
    expect(spectrum.eigenvalues.every(Number.isFinite)).toBe(true)
    expect(spectrum.state).toBe('ok')
    expect(spectrum.intrinsicDimension).toBeGreaterThan(0)
    expect(spectrum.saturation).toBeLessThanOrEqual(1)
  }
}

test('every kind of data, layer, loss, optimizer and schedule trains on the GPU as on the reference', async () => {
  for (const kinds of KINDS) {
    const document: ExperimentDocument = { ...kinds, data: { samples: 120, ...kinds.data }, monitor: { cadence: 4 } }
    const [gpu, reference] = await Promise.all([
      collect(document, { steps: 8, engine: 'gpu' }),
      collect(document, { steps: 8, engine: 'reference' }),
    ])
    const label = JSON.stringify(kinds)
    expect(
      gpu.samples.map(({ step }) => step),
      label,
    ).toEqual([0, 4, 8])
    for (const { samples, last } of [gpu, reference]) {
      for (const sample of samples) expectNumbers(sample)
      expectHeldOut(document, last)
    }
    expect(relativeDifference(flatParameters(gpu.last), flatParameters(reference.last)), label).toBeLessThan(1e-4)
    expect(flatParameters(gpu.last)).not.toEqual(
      flatParameters((await collect({ ...document, seed: 1 }, { steps: 8 })).last),
    )
  }
})

test('the smallest and oddest runs train: one unit, one step, batches of one and larger than the data', async () => {
  const odd: ExperimentDocument[] = [
    {
      data: { kind: 'gaussians', samples: 10, classes: 2 },
      layers: [hidden('relu', 1), {}],
      training: { batchSize: 1 },
    },
    { data: { kind: 'plane', samples: 10 }, layers: [{}], training: { batchSize: 700 } },
    {
      data: { kind: 'moons', samples: 13, heldOut: { last: 12 } },
      training: { batchSize: 5 },
      layers: [hidden('tanh', 3), {}],
    },
    { data: { kind: 'xor', samples: 10, heldOut: 0 }, layers: [hidden('tanh', 3), {}], monitor: { samples: 2 } },
    {
      data: { kind: 'circle', samples: 40, labelNoise: 1, noise: 5 },
      optimizer: { kind: 'sgd', learningRate: 0 },
      layers: [hidden('tanh', 3), {}],
    },
  ]
  for (const document of odd) {
    const [gpu, reference] = await Promise.all([
      collect(document, { steps: 1, engine: 'gpu' }),
      collect(document, { steps: 1, engine: 'reference' }),
    ])
    expect(gpu.samples.map(({ step }) => step)).toEqual([0, 1])
    expect(relativeDifference(flatParameters(gpu.last), flatParameters(reference.last))).toBeLessThan(1e-4)
    expect(gpu.last.layers.map(({ spectrum }) => spectrum.samples)).toEqual(
      reference.last.layers.map(({ spectrum }) => spectrum.samples),
    )
    if (gpu.last.heldOut) expectHeldOut(document, gpu.last)
  }
})

test('a layer of dead units is measured as dead, and training goes on', async () => {
  const document: ExperimentDocument = {
    data: { kind: 'gaussians', samples: 60, classes: 2 },
    layers: [hidden('relu', 4), {}],
    initialisation: { kind: 'normal', scale: 0 },
    monitor: { output: 'post', cadence: 1 },
  }
  for (const engine of ['gpu', 'reference'] as const) {
    const { last } = await collect(document, { steps: 2, engine })
    expect(last.layers[0]!.spectrum).toMatchObject({ state: 'dead', saturation: 0, intrinsicDimension: 0 })
    expect(last.loss).toBeCloseTo(Math.log(2), 6)
  }
})

/** Eight pictures of 4 × 4 pixels; those of class 1 are bright below, those of class 0 above. */
function pictures(count: number): { readonly pixels: number[]; readonly labels: number[] } {
  const labels = Array.from({ length: count }, (_, index) => index % 2)
  const pixels = labels.flatMap((label, index) =>
    Array.from({ length: 16 }, (_, at) => (Number(at >= 8) === label ? 0.8 : 0.1) + ((index * 7 + at * 3) % 10) / 50),
  )
  return { pixels, labels }
}

test('files are read as the spec says, on either engine alike', async () => {
  const { pixels, labels } = pictures(60)
  const pair = writeMnistPair(pixels, labels, 4)
  const idx = [new File([pair.labels], 'labels-idx1-ubyte'), new File([pair.images], 'images-idx3-ubyte')]
  const rows = labels.map((label, row) => [...pixels.slice(row * 16, row * 16 + 3), label ? 'low' : 'high'].join(','))
  const table = new File([['a,b,c,kind', ...rows].join('\n')], 'table.csv')
  const values = labels.map((label, row) => [pixels[row * 16]!, pixels[row * 16 + 9]!, label + row / 60].join(','))
  const regression = new File([['x,y,z', ...values].join('\n')], 'values.csv')
  const cases = [
    { files: idx, outputs: 2, data: { kind: 'idx', heldOut: { last: 10 } } },
    { files: [table], outputs: 2, data: { kind: 'csv', target: 'kind' } },
    { files: [regression], outputs: 1, data: { kind: 'csv', task: 'regression' } },
  ] as const
  for (const { files, outputs, data } of cases) {
    const loss = { kind: outputs === 1 ? 'meanSquaredError' : 'crossEntropy' } as const
    const layers = [hidden('tanh', 5), { units: outputs }]
    const document: ExperimentDocument = {
      data,
      layers,
      loss,
      optimizer: { learningRate: 0.05 },
      monitor: { cadence: 50 },
    }
    const [gpu, reference] = await Promise.all([
      collect(document, { steps: 50, files, engine: 'gpu' }),
      collect(document, { steps: 50, files, engine: 'reference' }),
    ])
    expect(relativeDifference(flatParameters(gpu.last), flatParameters(reference.last))).toBeLessThan(1e-3)
    expect(gpu.last.heldOut!.loss).toBeLessThan(gpu.samples[0]!.heldOut!.loss)
    if (outputs === 2) expect(gpu.last.heldOut!.accuracy).toBe(1)
  }
})

test('files that cannot be read, or hold something else than the spec expects, are refused by name', async () => {
  const { pixels, labels } = pictures(20)
  const pair = writeMnistPair(pixels, labels, 4)
  const images = new File([pair.images], 'images')
  const idx: ExperimentDocument = { data: { kind: 'idx' }, layers: [{ units: 2 }] }
  const refusals = [
    [idx, [images], /images/],
    [idx, [images, new File([pair.labels.subarray(0, 20)], 'cut')], /cut/],
    [idx, [images, new File([writeIdx([3], [0, 1, 0])], 'few')], /20.*3|3.*20/],
    [idx, [new File(['a,b\n1,2\n3,4\n'], 'table.csv')], /table.*CSV|CSV/],
    [{ data: { kind: 'csv', target: 'nowhere' } }, [new File(['a,b\n1,2\n3,4\n'], 'table.csv')], /nowhere/],
  ] as const
  for (const [document, files, message] of refusals) {
    const run = collect(document, { steps: 1, files })
    await expect(run).rejects.toBeInstanceOf(DataError)
    await expect(run).rejects.toThrow(message)
  }
  const wide = collect(
    { ...idx, layers: [{ units: 7 }] },
    { steps: 1, files: [images, new File([pair.labels], 'labels')] },
  )
  await expect(wide).rejects.toMatchObject({ name: 'SpecError', faults: [{ path: 'layers.0.units' }] })
})
