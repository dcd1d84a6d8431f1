import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { gpuCeilings, REFERENCE_CEILINGS, type Ceilings } from './ceilings'
import { dataShape, likelyTask, type TaskShape } from './dataShape'
import { defaultData, defaultLoss } from './defaults'
import { requiredOutputUnits } from './fit'
import { parseSpecOrThrow } from './schema'
import { flatShape } from './tensorShape'

const TEN_CLASSES: TaskShape = { kind: 'classification', classes: 10 }
const mnist = { shape: { height: 28, width: 28, channels: 1 }, features: 784, task: TEN_CLASSES }

/** A spec whose data come from a file, so that any shape may be claimed of them. */
function network(layers: readonly object[], batchSize = 64) {
  return parseSpecOrThrow({ data: { kind: 'idx' }, layers, training: { batchSize } })
}

describe('the shapes of 784-128-64-10', () => {
  const architecture = describeArchitecture(network([{ units: 128 }, { units: 64 }, { units: 10 }]), mnist)

  test('chain widths and count parameters as PyTorch does', () => {
    expect(
      architecture.layers.map(({ name, inputWidth, outputWidth, parameters }) => [
        name,
        inputWidth,
        outputWidth,
        parameters,
      ]),
    ).toEqual([
      ['hidden 1', 784, 128, 100_480],
      ['hidden 2', 128, 64, 8256],
      ['output', 64, 10, 650],
    ])
    expect(architecture.parameters).toBe(109_386)
    expect(architecture.faults).toEqual([])
  })

  test('cost two operations per weight forward, four backward, but two where no input gradient is needed', () => {
    const [first, second, third] = [784 * 128, 128 * 64, 64 * 10]
    expect(architecture.flopsPerSample).toBe(2 * (first + second + third))
    expect(architecture.flopsPerStep).toBe(64 * (4 * first + 6 * second + 6 * third))
  })

  test('hold the batch, three tensors per hidden layer and two of the output, rows padded to four values', () => {
    expect(architecture.layers.map((layer) => layer.activationBytes / (64 * 4))).toEqual([3 * 128, 3 * 64, 2 * 12])
    expect(architecture.activationBytes).toBe(64 * 4 * (784 + 3 * (128 + 64) + 2 * 12))
    expect(architecture.largestTensorBytes).toBe(64 * 4 * 784)
  })
})

test('parameters are named as in an nn.Sequential with activation and dropout modules', () => {
  const layers = [
    { activation: 'relu' },
    { activation: 'linear', dropout: 0.5 },
    { activation: 'tanh', dropout: 0.1 },
    { units: 10 },
  ]
  const { layers: shapes } = describeArchitecture(network(layers), mnist)
  // Linear 0, ReLU 1, Linear 2, Dropout 3, Linear 4, Tanh 5, Dropout 6, Linear 7.
  expect(shapes.map((shape) => shape.parameterNames.weight)).toEqual(['0.weight', '2.weight', '4.weight', '7.weight'])
  expect(shapes.map((shape) => shape.parameterNames.bias)).toEqual(['0.bias', '2.bias', '4.bias', '7.bias'])
})

describe('output units', () => {
  const two: TaskShape = { kind: 'classification', classes: 2 }
  const threeValues: TaskShape = { kind: 'regression', outputs: 3 }
  test.each([
    [TEN_CLASSES, defaultLoss.crossEntropy, [10]],
    [TEN_CLASSES, defaultLoss.binaryCrossEntropy, [10]],
    [TEN_CLASSES, defaultLoss.meanSquaredError, [10]],
    [two, defaultLoss.crossEntropy, [2]],
    [two, defaultLoss.binaryCrossEntropy, [1, 2]],
    [threeValues, defaultLoss.meanSquaredError, [3]],
    [threeValues, defaultLoss.crossEntropy, []],
    [threeValues, defaultLoss.binaryCrossEntropy, []],
  ])('fit task and loss: %j with %j', (task, loss, units) => {
    expect(requiredOutputUnits(task, loss)).toEqual(units)
  })

  test('that do not fit the files are a fault of the last layer', () => {
    const { faults } = describeArchitecture(network([{ units: 8 }, { units: 12 }]), mnist)
    expect(faults).toEqual([
      {
        path: 'layers.1.units',
        message: 'The output layer has 12 units; 10 classes with cross-entropy need 10. Set it to 10.',
      },
    ])
    const values = describeArchitecture(network([{ units: 10 }]), {
      shape: flatShape(4),
      features: 4,
      task: threeValues,
    })
    expect(values.faults.map((fault) => fault.path)).toEqual(['loss.kind'])
  })
})

describe('ceilings', () => {
  const generous: Ceilings = {
    parameters: Infinity,
    activationBytes: Infinity,
    tensorBytes: Infinity,
    flopsPerStep: Infinity,
  }
  const spec = network([{ units: 128 }, { units: 512 }, { units: 10 }])
  const faultsUnder = (ceilings: Partial<Ceilings>) =>
    describeArchitecture(spec, mnist, { ...generous, ...ceilings }).faults

  test('above every figure let the network pass', () => {
    expect(faultsUnder({})).toEqual([])
    const { parameters, activationBytes, largestTensorBytes, flopsPerStep } = describeArchitecture(spec, mnist)
    expect(faultsUnder({ parameters, activationBytes, tensorBytes: largestTensorBytes, flopsPerStep })).toEqual([])
  })

  test.each([
    [{ parameters: 100_000 }, 'layers.0.units', 'The network has 171,658 parameters; 100,000 fit this device.'],
    [
      { tensorBytes: 2 ** 17 },
      'training.batchSize',
      'The activations of one layer take 0.191 MiB per batch; 0.125 MiB fit this device.',
    ],
    [
      { activationBytes: 2 ** 18 },
      'training.batchSize',
      'The activations of a batch take 0.666 MiB; 0.25 MiB are allowed.',
    ],
    [
      { flopsPerStep: 5e7 },
      'training.batchSize',
      'A step takes 0.0528 billion floating-point operations; 0.05 billion',
    ],
  ])('below a figure refuse it with both numbers: %j', (ceilings, path, start) => {
    const [fault, ...others] = faultsUnder(ceilings)
    expect(others).toEqual([])
    expect(fault?.path).toBe(path)
    expect(fault?.message.slice(0, start.length)).toBe(start)
  })

  test('of a GPU come from its own limits', () => {
    const limits = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 }
    expect(gpuCeilings(limits, false)).toMatchObject({ parameters: 2 ** 25, tensorBytes: 2 ** 27 })
    expect(gpuCeilings(limits, true).flopsPerStep).toBeLessThan(gpuCeilings(limits, false).flopsPerStep)
  })

  test('of the reference engine refuse what would take it many seconds a step', () => {
    const wide = network([{ units: 2048 }, { units: 2048 }, { units: 10 }], 1024)
    const paths = describeArchitecture(wide, mnist, REFERENCE_CEILINGS).faults.map((fault) => fault.path)
    expect(paths).toEqual(['layers.1.units', 'training.batchSize'])
  })
})

test('the shape of generated data follows from their spec, that of files does not', () => {
  expect(dataShape(defaultData.digits)).toEqual({
    shape: { height: 14, width: 14, channels: 1 },
    features: 196,
    task: TEN_CLASSES,
  })
  expect(dataShape({ ...defaultData.subspace, dimensions: 20, classes: 3 })).toEqual({
    shape: flatShape(20),
    features: 20,
    task: { kind: 'classification', classes: 3 },
  })
  expect(dataShape(defaultData.hills)).toMatchObject({ shape: flatShape(2), task: { kind: 'regression', outputs: 1 } })
  expect(dataShape(defaultData.csv)).toBeUndefined()
  expect(likelyTask(defaultData.idx)).toEqual(TEN_CLASSES)
  expect(likelyTask({ ...defaultData.csv, task: 'regression' })).toEqual({ kind: 'regression', outputs: 1 })
})
