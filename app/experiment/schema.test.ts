import { describe, expect, test } from 'vitest'
import { defaultData, defaultLayers, defaultOptimizer, defaultSchedule } from './defaults'
import { parseSpec, parseSpecOrThrow, SpecError } from './schema'
import { numberSettings } from './settings'

/** Message by path of everything wrong with a document. */
function faultsOf(document: unknown): Readonly<Record<string, string>> {
  const result = parseSpec(document)
  return result.ok ? {} : Object.fromEntries(result.faults.map(({ path, message }) => [path, message]))
}

/** The document of the design, frozen: files of version 1 look like it. */
const VERSION_1_DOCUMENT = `{ "version": 1, "name": "Too wide at the end", "seed": 7,
  "data": { "kind": "digits", "size": 14, "samples": 6000, "classes": 10, "noise": 0.2, "labelNoise": 0, "heldOut": 0.2, "standardise": "dataset" },
  "layers": [ { "kind": "dense", "units": 128, "activation": "relu" }, { "kind": "dense", "units": 64, "activation": "relu" }, { "kind": "dense", "units": 10 } ],
  "initialisation": "torch",
  "loss": { "kind": "crossEntropy", "labelSmoothing": 0 },
  "optimizer": { "kind": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0 },
  "schedule": { "kind": "constant" },
  "training": { "batchSize": 64, "steps": 2000, "clipNorm": null, "l1": 0, "l2": 0 },
  "monitor": { "source": "probe", "samples": 4096, "cadence": "auto", "output": "pre", "sampling": "channelwise", "threshold": 0.99, "convention": "paper", "layers": "all" } }`

describe('a document that omits fields', () => {
  test('gets the documented defaults for every one of them', () => {
    const full = parseSpecOrThrow(JSON.parse(VERSION_1_DOCUMENT))
    expect(parseSpecOrThrow({ name: 'Too wide at the end' })).toEqual(full)
    expect(full.layers).toEqual([
      { kind: 'dense', id: 1, units: 128, normalisation: 'none', activation: 'relu', dropout: 0 },
      { kind: 'dense', id: 2, units: 64, normalisation: 'none', activation: 'relu', dropout: 0 },
      { kind: 'dense', id: 3, units: 10, normalisation: 'none', activation: 'linear', dropout: 0 },
    ])
    expect(full.schedule).toEqual({ kind: 'constant', warmup: 0 })
  })

  test.each(Object.values(defaultData))('gets the defaults of its kind of data: $kind', (data) => {
    expect(parseSpecOrThrow({ data: { kind: data.kind } }).data).toEqual(data)
  })

  test.each(Object.values(defaultOptimizer))('gets the defaults of its optimizer: $kind', (optimizer) => {
    expect(parseSpecOrThrow({ optimizer: { kind: optimizer.kind } }).optimizer).toEqual(optimizer)
  })

  test.each(Object.values(defaultSchedule))('gets the defaults of its schedule: $kind', (schedule) => {
    expect(parseSpecOrThrow({ schedule: { kind: schedule.kind } }).schedule).toEqual(schedule)
  })

  test('gets a loss and output units that fit its data', () => {
    const regression = parseSpecOrThrow({ data: { kind: 'hills' }, layers: [{ units: 8 }, {}] })
    expect(regression.loss).toEqual({ kind: 'meanSquaredError' })
    expect(regression.layers).toMatchObject([
      { units: 8, activation: 'relu' },
      { units: 1, activation: 'linear' },
    ])
    expect(parseSpecOrThrow({ data: { kind: 'gaussians', classes: 5 } }).layers.at(-1)).toMatchObject({ units: 5 })
    const binary = parseSpecOrThrow({ data: { kind: 'xor' }, loss: { kind: 'binaryCrossEntropy' } })
    expect(binary.layers.at(-1)).toMatchObject({ units: 1 })
  })

  test('gets layer ids no other layer has, however many are given', () => {
    const ids = parseSpecOrThrow({ layers: [{ id: 2 }, {}, {}, { id: 3 }, {}] }).layers.map((layer) => layer.id)
    expect(ids).toEqual([2, 4, 5, 3, 6])
  })

  test('gets what is usual for every kind of layer', () => {
    const kinds = ['conv', 'transposedConv', 'maxPool', 'upsample', 'residual', 'globalAveragePool', 'flatten'] as const
    const document = kinds.map((kind) => (kind === 'residual' ? { kind, layers: [{ kind: 'conv' }, {}] } : { kind }))
    const { layers } = parseSpecOrThrow({ data: { kind: 'idx' }, layers: [...document, {}] })
    expect(layers).toEqual([
      { ...defaultLayers.conv, id: 1 },
      { ...defaultLayers.transposedConv, id: 2 },
      { ...defaultLayers.maxPool, id: 3 },
      { ...defaultLayers.upsample, id: 4 },
      {
        ...defaultLayers.residual,
        id: 5,
        layers: [
          { ...defaultLayers.conv, id: 6 },
          { ...defaultLayers.dense, id: 7 },
        ],
      },
      { ...defaultLayers.globalAveragePool, id: 8 },
      { ...defaultLayers.flatten, id: 9 },
      { ...defaultLayers.dense, id: 10, units: 10, activation: 'linear' },
    ])
  })

  test('has the fields of its layers in one order, whatever its own', () => {
    const one = parseSpecOrThrow({
      layers: [
        { kind: 'conv', kernel: 5, id: 3, channels: 8 },
        { units: 10, id: 1 },
      ],
    })
    const other = parseSpecOrThrow({
      layers: [
        { channels: 8, id: 3, kernel: 5, kind: 'conv' },
        { id: 1, units: 10 },
      ],
    })
    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
  })

  test('gets a pool’s stride from its window, and ids around those that blocks have', () => {
    const { layers } = parseSpecOrThrow({
      data: { kind: 'digits', size: 28 },
      layers: [
        { kind: 'maxPool', size: 3 },
        { kind: 'residual', layers: [{ kind: 'conv', id: 1 }, { kind: 'conv' }] },
        {},
      ],
    })
    expect(layers[0]).toEqual({ kind: 'maxPool', id: 2, size: 3, stride: 3 })
    expect(layers[1]).toMatchObject({ id: 3, layers: [{ id: 1 }, { id: 4 }] })
    expect(layers[2]?.id).toBe(5)
  })

  test('treats undefined as omitted', () => {
    expect(parseSpecOrThrow({ seed: undefined, data: undefined }).seed).toBe(numberSettings.seed.default)
  })
})

test('a parsed spec parses to itself', () => {
  const spec = parseSpecOrThrow({
    data: { kind: 'csv', target: '3', task: 'regression', heldOut: { last: 5 } },
    initialisation: { kind: 'normal', scale: 0.1 },
    monitor: { cadence: 10, layers: ['hidden 2', 'output'] },
  })
  expect(parseSpecOrThrow(JSON.parse(JSON.stringify(spec)))).toEqual(spec)
})

describe('a name that does not exist', () => {
  test.each([
    [{ nmae: 'x' }, 'nmae', 'The experiment has no field “nmae”. Did you mean “name”?'],
    [
      { optimizer: { learning_rate: 1 } },
      'optimizer.learning_rate',
      'Optimizer of kind adam has no field “learning_rate”. Did you mean “learningRate”?',
    ],
    [
      { optimizer: { lr: 1 } },
      'optimizer.lr',
      'Optimizer of kind adam has no field “lr”. Did you mean “learningRate”?',
    ],
    [
      { optimizer: { kind: 'sgd', beta1: 0.9 } },
      'optimizer.beta1',
      'Optimizer of kind sgd has no field “beta1”. Use kind, learningRate or weightDecay.',
    ],
    [{ layers: [{ unit: 3 }, {}] }, 'layers.0.unit', 'Layer of kind dense has no field “unit”. Did you mean “units”?'],
    [
      { data: { kind: 'digit' } },
      'data.kind',
      'Kind of data is “digit”, which is none of its options. Did you mean “digits”?',
    ],
    [
      { loss: { kind: 'mse' } },
      'loss.kind',
      'Kind of loss is “mse”, which is none of its options. Did you mean “meanSquaredError”?',
    ],
    [
      { layers: [{ kind: 'convolution' }, {}] },
      'layers.0.kind',
      /^Kind of layer is “convolution”, which is none of its options\. Use dense, conv, .+ or residual\.$/,
    ],
    [{ layers: [{ kind: 'conv', units: 3 }, {}] }, 'layers.0.units', /^Layer of kind conv has no field “units”\. /],
    [
      { layers: [{ kind: 'residual', layers: [{ kind: 'maxPool' }] }, {}] },
      'layers.0.layers.0.kind',
      'Kind of layer is “maxPool”, which is none of its options. Use dense or conv.',
    ],
    [
      { initialisation: 'xavier' },
      'initialisation',
      'Initialisation is “xavier”, which is none of its options. Did you mean “glorot”?',
    ],
    [
      { layers: [{ activation: 'RELU ' }, {}] },
      'layers.0.activation',
      'Activation is “RELU ”, which is none of its options. Did you mean “relu”?',
    ],
    [{ data: { kind: 'toString' } }, 'data.kind', /none of its options/],
    [
      { monitor: { cadence: 'often' } },
      'monitor.cadence',
      'Measure every is “often”; it must be “auto” or a whole number of steps.',
    ],
    [
      { monitor: { layers: ['hiden 1'] } },
      'monitor.layers.0',
      'The network has no layer “hiden 1”. Did you mean “hidden 1”?',
    ],
  ])('is refused with the likeliest one meant: %j', (document, path, message) => {
    const faults = faultsOf(document)
    expect(Object.keys(faults)).toEqual([path])
    expect(faults[path]).toMatch(message)
  })
})

test('every fault is listed, not only the first', () => {
  const faults = faultsOf({
    seed: -1,
    data: { kind: 'spirals', sampels: 3, turns: 2 },
    layers: [{ units: 0, dropout: 1 }, 7],
    training: [],
    schedule: null,
  })
  expect(Object.keys(faults).toSorted()).toEqual(
    [
      'data.sampels',
      'data.turns',
      'layers.0.dropout',
      'layers.0.units',
      'layers.1',
      'schedule',
      'seed',
      'training',
    ].toSorted(),
  )
})

describe('fields that contradict each other', () => {
  test.each([
    [{ data: { kind: 'subspace', dimensions: 4, rank: 5 } }, 'data.rank', /more than the 4 dimensions/],
    [{ data: { heldOut: { last: 6000 } } }, 'data.heldOut.last', /leaves none to train on/],
    [{ layers: [{ id: 5 }, { id: 5 }] }, 'layers.1.id', /both have the id 5/],
    [{ layers: [] }, 'layers', /at least one layer/],
    [{ layers: Array.from({ length: 65 }, () => ({ units: 10 })) }, 'layers', /65 layers are too many; 64 are allowed/],
    [{ layers: [{ units: 9 }] }, 'layers.0.units', /9 units; 10 classes with cross-entropy need 10/],
    [{ layers: [{ units: 10, activation: 'tanh' }] }, 'layers.0.activation', /must be linear/],
    [{ layers: [{ units: 10, dropout: 0.5 }] }, 'layers.0.dropout', /must be 0/],
    [{ data: { kind: 'hills' }, loss: { kind: 'crossEntropy' } }, 'loss.kind', /Use mean squared error/],
    [{ monitor: { layers: [] } }, 'monitor.layers', /at least one/],
    [{ layers: [{ kind: 'conv', id: 2 }, { id: 2 }, {}] }, 'layers.1.id', /both have the id 2/],
    [
      {
        layers: [
          {
            kind: 'residual',
            layers: [
              { kind: 'conv', id: 9 },
              { kind: 'conv', id: 9 },
            ],
          },
          {},
        ],
      },
      'layers.0.layers.1.id',
      /“layers\.0\.layers\.0” and “layers\.0\.layers\.1” both have the id 9/,
    ],
    [{ layers: [{ kind: 'residual', layers: [] }, {}] }, 'layers.0.layers', /at least one layer/],
    [{ layers: [{ kind: 'maxPool' }] }, 'layers.0', /no weights of its own/],
    [{ layers: [{ kind: 'conv', channels: 10 }] }, 'layers.0', /has to be dense/],
    [{ layers: [{ units: 10, normalisation: 'batch' }] }, 'layers.0.normalisation', /output layer has batch norm/],
    [{ layers: [{}, { kind: 'conv' }, {}] }, 'layers.1', /what comes in are 64 numbers without places/],
    [{ monitor: { layers: ['conv 1'] } }, 'monitor.layers.0', /has no layer “conv 1”/],
    [{ monitor: { layers: ['output', 'output'] } }, 'monitor.layers.1', /named twice/],
  ])('are refused at the field to change: %j', (document, path, message) => {
    const faults = faultsOf(document)
    expect(Object.keys(faults)).toEqual([path])
    expect(faults[path]).toMatch(message)
  })
})

test.each([null, undefined, 'text', '{}', 3, [], () => 0])(
  'what is no document is refused as a whole: %s',
  (document) => {
    expect(faultsOf(document)['']).toMatch(/^The experiment is .+; it must be an object/)
  },
)

test('file data are not checked for what only the files can say', () => {
  expect(faultsOf({ data: { kind: 'idx' }, layers: [{ units: 47 }] })).toEqual({})
  expect(faultsOf({ data: { kind: 'csv' }, loss: { kind: 'meanSquaredError' }, layers: [{ units: 3 }] })).toEqual({})
})

test('a SpecError carries the faults and lists path and reason in its message', () => {
  const parse = () => parseSpecOrThrow({ layers: [{ units: -1 }, {}], extra: 1 })
  expect(parse).toThrow(SpecError)
  expect(parse).toThrow(/layers\.0\.units: Units is -1; .+\nextra: The experiment has no field “extra”/)
  try {
    parse()
  } catch (error) {
    expect(error).toMatchObject({ name: 'SpecError', faults: [{ path: 'layers.0.units' }, { path: 'extra' }] })
  }
})
