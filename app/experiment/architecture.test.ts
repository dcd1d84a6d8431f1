import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { gpuCeilings, REFERENCE_CEILINGS, type Ceilings } from './ceilings'
import { dataShape, likelyTask, type TaskShape } from './dataShape'
import { defaultData, defaultLoss } from './defaults'
import { requiredOutputUnits } from './fit'
import { describeShape } from './layerShapes'
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
      architecture.layers.map(({ name, input, output, parameters }) => [
        name,
        describeShape(input),
        describeShape(output),
        parameters,
      ]),
    ).toEqual([
      ['hidden 1', '28×28×1', '128', 100_480],
      ['hidden 2', '128', '64', 8256],
      ['output', '64', '10', 650],
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

describe('parameters are those of PyTorch, which counts biases, scales and shifts', () => {
  const conv = (channels: number, stride = 1, kernel = 3) => ({ kind: 'conv', channels, stride, kernel }) as const
  const block = (channels: number, stride = 1, order: 'post' | 'pre' = 'post') => {
    const layers = [conv(channels, stride), conv(channels)].map((layer) => ({
      ...layer,
      normalisation: 'batch' as const,
    }))
    return { kind: 'residual', order, layers } as const
  }
  const countOf = (layers: readonly object[], channels: number, size: number) => {
    const shape = { height: size, width: size, channels }
    const data = { shape, features: size * size * channels, task: TEN_CLASSES }
    const architecture = describeArchitecture(network([...layers, { units: 10 }]), data)
    expect(architecture.faults).toEqual([])
    return architecture
  }

  test('of 16-16-pool-32-32-pool-10 on 28×28: 32,058', () => {
    const layers = [conv(16), conv(16), { kind: 'maxPool' }, conv(32), conv(32), { kind: 'maxPool' }]
    const { parameters, flopsPerSample, flopsPerStep } = countOf(layers, 1, 28)
    expect(parameters).toBe(160 + 2320 + 4640 + 9248 + 15_690)
    const flops = 2 * (784 * (9 * 16 + 9 * 16 * 16) + 196 * (9 * 16 * 32 + 9 * 32 * 32) + 1568 * 10)
    expect(flopsPerSample).toBe(flops)
    expect(flopsPerStep).toBe(64 * (3 * flops - 2 * 784 * 9 * 16))
  })

  test('of the convolutions of VGG-16: 14,714,688', () => {
    const widths = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]
    const layers = widths.map((width) => (width === 0 ? { kind: 'maxPool' } : conv(width)))
    const { parameters } = countOf([...layers, { kind: 'globalAveragePool' }], 3, 224)
    expect(parameters - (512 * 10 + 10)).toBe(14_714_688)
  })

  test('of ResNet-18: 11,689,512, and a bias for each of its 4,800 channels', () => {
    const stem = [
      { ...conv(64, 2, 7), normalisation: 'batch' },
      { kind: 'maxPool', size: 3, stride: 2 },
    ]
    const blocks = [block(64), block(64), ...[128, 256, 512].flatMap((width) => [block(width, 2), block(width)])]
    const { parameters } = countOf([...stem, ...blocks, { kind: 'globalAveragePool' }], 3, 224)
    // It tells a thousand classes apart.
    expect(parameters - 10 * 513 + 1000 * 513).toBe(11_689_512 + 4800)
  })

  test('of a block that normalises first: scales and shifts of what comes in', () => {
    const [first] = countOf([block(16, 1, 'pre')], 3, 8).layers
    expect(first?.inner.map(({ parameters }) => parameters)).toEqual([
      9 * 3 * 16 + 16 + 2 * 3,
      9 * 16 * 16 + 16 + 2 * 16,
      3 * 16 + 16,
    ])
    expect(first?.parameters).toBe(454 + 2352 + 64)
  })

  test('of groups and depthwise kernels: each channel meets only those of its group', () => {
    const { layers } = countOf(
      [
        conv(32),
        { ...conv(64), groups: 4 },
        { ...conv(64), groups: 'depthwise' },
        { ...conv(8), kind: 'transposedConv', stride: 2 },
      ],
      1,
      8,
    )
    expect(layers.slice(1, 4).map(({ parameters }) => parameters)).toEqual([
      9 * 8 * 64 + 64,
      9 * 64 + 64,
      9 * 64 * 8 + 8,
    ])
    // A transposed kernel is painted once for every position that comes in.
    expect(layers[3]?.flopsPerSample).toBe(2 * 9 * 64 * 8 * 64)
  })
})

test('what is measured are the layers with weights in the order of the forward pass, projections last in their block', () => {
  const layers = [
    { kind: 'conv', channels: 8 },
    { kind: 'maxPool' },
    {
      kind: 'residual',
      layers: [
        { kind: 'conv', channels: 12 },
        { kind: 'conv', channels: 12 },
      ],
    },
    { kind: 'globalAveragePool' },
    { units: 10 },
  ]
  expect(describeArchitecture(network(layers), mnist).measured).toEqual([
    { name: 'conv 1', kind: 'conv', width: 8, positions: 784 },
    { name: 'block 1 conv 1', kind: 'conv', width: 12, positions: 196 },
    { name: 'block 1 conv 2', kind: 'conv', width: 12, positions: 196 },
    { name: 'block 1 projection', kind: 'conv', width: 12, positions: 196 },
    { name: 'output', kind: 'dense', width: 10, positions: 1 },
  ])
})

test('feature maps of a batch are kept with their channels padded to four', () => {
  const { layers, largestTensorBytes } = describeArchitecture(
    network([{ kind: 'conv', channels: 5, normalisation: 'batch' }, { kind: 'maxPool' }, { units: 10 }], 2),
    mnist,
  )
  // z and its gradient, normalised and its gradient, the activation; a pool has a result and its gradient.
  expect(layers.map(({ activationBytes }) => activationBytes)).toEqual([
    5 * 2 * 784 * 8 * 4,
    2 * 2 * 196 * 8 * 4,
    2 * 2 * 12 * 4,
  ])
  expect(largestTensorBytes).toBe(2 * 784 * 8 * 4)
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

  test('name the heaviest layer of the heaviest block', () => {
    const block = {
      kind: 'residual',
      layers: [
        { kind: 'conv', channels: 16 },
        { kind: 'conv', channels: 48 },
      ],
    }
    const deep = network([{ kind: 'conv', channels: 8 }, block, { kind: 'globalAveragePool' }, { units: 10 }])
    const [fault] = describeArchitecture(deep, mnist, { ...generous, parameters: 1000 }).faults
    expect(fault?.path).toBe('layers.1.layers.1.channels')
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
