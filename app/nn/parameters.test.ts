import { expect, test } from 'vitest'
import { defaultLayers, denseLayer } from '../experiment/defaults'
import type { LayerSpec } from '../experiment/spec'
import { flatShape, type TensorShape } from '../experiment/tensorShape'
import { buildGraph } from './buildGraph'
import {
  arrayLength,
  arraysOf,
  layoutParameters,
  packParameters,
  unpackParameters,
  type ArrayValues,
} from './parameters'
import { fromTorchParameters, toTorchParameters } from './torchParameters'

const { conv, transposedConv, maxPool, residual } = defaultLayers

function arraysFor(layers: readonly LayerSpec[], data: TensorShape) {
  return arraysOf(buildGraph(layers, data))
}

/** 3-5-17-1 */
const DENSE = arraysFor([denseLayer(1, 5, 'relu'), denseLayer(2, 17, 'relu'), denseLayer(3, 1, 'linear')], flatShape(3))

/** Every kind of array, with channels that are no multiple of four. */
const IMAGES = arraysFor(
  [
    { ...conv, id: 1, channels: 5, normalisation: 'batch' },
    { ...maxPool, id: 2 },
    {
      ...residual,
      id: 3,
      layers: [
        { ...conv, id: 4, channels: 6, stride: 2 },
        { ...conv, id: 5, channels: 6, groups: 2 },
      ],
    },
    { ...transposedConv, id: 6, channels: 3, normalisation: 'layer' },
    denseLayer(7, 2, 'linear'),
  ],
  { height: 8, width: 8, channels: 3 },
)

/** Numbers from 1 up, so that none is 0 and none equals another. */
function numbered(arrays: typeof DENSE): ArrayValues {
  let next = 1
  return arrays.map((array) => Float32Array.from({ length: arrayLength(array) }, () => next++))
}

test('all weights come before all biases, every slice aligned', () => {
  const layout = layoutParameters(DENSE, 256)
  expect(layout.ranges.filter((_, array) => DENSE[array]!.role === 'weights')).toEqual([
    { offset: 0, size: 4 * 8 * 4 },
    { offset: 256, size: 8 * 20 * 4 },
    { offset: 1024, size: 20 * 4 * 4 },
  ])
  expect(layout.ranges.filter((_, array) => DENSE[array]!.role === 'bias')).toEqual([
    { offset: 1536, size: 32 },
    { offset: 1792, size: 80 },
    { offset: 2048, size: 16 },
  ])
  expect(layout.weightLength).toBe(1536 / 4)
  expect([layout.trainedLength, layout.length]).toEqual([2064 / 4, 2064 / 4])
})

test('what is not trained comes last', () => {
  const layout = layoutParameters(IMAGES, 256)
  const startOf = (...roles: string[]) =>
    Math.min(...layout.ranges.filter((_, array) => roles.includes(IMAGES[array]!.role)).map(({ offset }) => offset / 4))
  expect(startOf('weights')).toBe(0)
  expect(startOf('bias', 'scale', 'shift')).toBe(layout.weightLength)
  expect(startOf('runningMean', 'runningVariance')).toBe(layout.trainedLength)
  expect(layout.trainedLength).toBeLessThan(layout.length)
})

test.each([
  ['dense layers', DENSE],
  ['images', IMAGES],
])('packing and unpacking arrays of %s gives the same numbers, and padding is 0', (_, arrays) => {
  for (const alignment of [16, 256]) {
    const layout = layoutParameters(arrays, alignment)
    const values = numbered(arrays)
    const flat = packParameters(layout, values)
    expect(unpackParameters(layout, flat)).toEqual(values)
    const count = (of: ArrayValues) => of.reduce((sum, { length }) => sum + length, 0)
    expect(flat.filter((value) => value !== 0).length).toBe(count(values))
    const weights = values.filter((__, array) => arrays[array]!.role === 'weights')
    expect(flat.subarray(0, layout.weightLength).filter((value) => value !== 0).length).toBe(count(weights))
  }
})

test('PyTorch’s orientation is [out, in], and back', () => {
  const values = numbered(DENSE)
  const parameters = toTorchParameters(DENSE, values)
  expect(parameters['0.weight']).toEqual({
    shape: [5, 3],
    values: Float32Array.of(1, 6, 11, 2, 7, 12, 3, 8, 13, 4, 9, 14, 5, 10, 15),
  })
  expect(parameters['0.bias']).toEqual({ shape: [5], values: Float32Array.of(16, 17, 18, 19, 20) })
  expect(Object.keys(parameters)).toEqual(['0.weight', '0.bias', '2.weight', '2.bias', '4.weight', '4.bias'])
  expect(fromTorchParameters(DENSE, parameters)).toEqual(values)
})

test('arrays of images have the names and shapes that PyTorch’s modules give them', () => {
  const parameters = toTorchParameters(IMAGES, numbered(IMAGES))
  expect(Object.entries(parameters).map(([name, { shape }]) => `${name} ${shape.join('×')}`)).toEqual([
    '0.weight 5×3×3×3',
    '0.bias 5',
    '1.weight 5',
    '1.bias 5',
    '1.running_mean 5',
    '1.running_var 5',
    // A pool is 3, a block 4; its projection runs beside its body.
    '4.projection.0.weight 6×5×1×1',
    '4.projection.0.bias 6',
    '4.body.0.weight 6×5×3×3',
    '4.body.0.bias 6',
    '4.body.2.weight 6×3×3×3',
    '4.body.2.bias 6',
    '5.weight 6×3×3×3',
    '5.bias 3',
    '6.weight 3',
    '6.bias 3',
    // ReLU 7, Flatten 8.
    '9.weight 2×48',
    '9.bias 2',
  ])
  expect(fromTorchParameters(IMAGES, parameters)).toEqual(numbered(IMAGES))
})

test('a convolution’s weights go from [taps, in, out] to [out, in, height, width]', () => {
  const [weights] = arraysFor([{ ...conv, id: 1, channels: 2, kernel: 2 }, denseLayer(2, 2, 'linear')], {
    height: 4,
    width: 4,
    channels: 3,
  })
  const values = Float32Array.from({ length: 24 }, (_, at) => at)
  const torch = toTorchParameters([weights!], [values])['0.weight']!
  expect(torch.shape).toEqual([2, 3, 2, 2])
  const at = (out: number, input: number, y: number, x: number) => torch.values[((out * 3 + input) * 2 + y) * 2 + x]
  for (const [out, input, y, x] of [
    [0, 0, 0, 0],
    [1, 2, 0, 1],
    [0, 1, 1, 0],
    [1, 0, 1, 1],
  ] as const) {
    expect(at(out, input, y, x)).toBe(((y * 2 + x) * 3 + input) * 2 + out)
  }
})

test('parameters of another network are refused by name and shape', () => {
  const parameters = toTorchParameters(DENSE, numbered(DENSE))
  const narrower = { ...parameters, '2.weight': { shape: [17, 4], values: new Float32Array(68) } }
  expect(() => fromTorchParameters(DENSE, narrower)).toThrow('“2.weight” is [17, 4]; the network needs [17, 5]')
  expect(() => fromTorchParameters(DENSE, { '0.weight': parameters['0.weight']! })).toThrow('no “0.bias”')
})
