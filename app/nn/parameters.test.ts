import { expect, test } from 'vitest'
import { layoutParameters, packParameters, unpackParameters, type LayerParameters } from './parameters'
import { fromTorchParameters, toTorchParameters } from './torchParameters'

const SHAPES = [
  { inputs: 3, outputs: 5, names: { weight: '0.weight', bias: '0.bias' } },
  { inputs: 5, outputs: 17, names: { weight: '2.weight', bias: '2.bias' } },
  { inputs: 17, outputs: 1, names: { weight: '4.weight', bias: '4.bias' } },
]

/** Numbers from 1 up, so that no parameter is 0 and none equals another. */
function numberedLayers(): LayerParameters[] {
  let next = 1
  const take = (length: number) => Float32Array.from({ length }, () => next++)
  return SHAPES.map(({ inputs, outputs }) => ({ weights: take(inputs * outputs), bias: take(outputs) }))
}

test('all weights come before all biases, every slice aligned', () => {
  const layout = layoutParameters(SHAPES, 256)
  expect(layout.layers.map(({ weights }) => weights)).toEqual([
    { offset: 0, size: 4 * 8 * 4 },
    { offset: 256, size: 8 * 20 * 4 },
    { offset: 1024, size: 20 * 4 * 4 },
  ])
  expect(layout.layers.map(({ bias }) => bias)).toEqual([
    { offset: 1536, size: 32 },
    { offset: 1792, size: 80 },
    { offset: 2048, size: 16 },
  ])
  expect(layout.weightLength).toBe(1536 / 4)
  expect(layout.length).toBe(2064 / 4)
})

test('packing and unpacking gives the same parameters, and padding is 0', () => {
  for (const alignment of [16, 256]) {
    const layout = layoutParameters(SHAPES, alignment)
    const flat = packParameters(layout, numberedLayers())
    expect(unpackParameters(layout, flat)).toEqual(numberedLayers())
    const count = numberedLayers().reduce((sum, { weights, bias }) => sum + weights.length + bias.length, 0)
    expect(flat.filter((value) => value !== 0).length).toBe(count)
    const weightCount = numberedLayers().reduce((sum, { weights }) => sum + weights.length, 0)
    expect(flat.subarray(0, layout.weightLength).filter((value) => value !== 0).length).toBe(weightCount)
  }
})

test('PyTorch’s orientation is [out, in], and back', () => {
  const parameters = toTorchParameters(SHAPES, numberedLayers())
  expect(parameters['0.weight']).toEqual({
    shape: [5, 3],
    values: Float32Array.of(1, 6, 11, 2, 7, 12, 3, 8, 13, 4, 9, 14, 5, 10, 15),
  })
  expect(parameters['0.bias']).toEqual({ shape: [5], values: Float32Array.of(16, 17, 18, 19, 20) })
  expect(Object.keys(parameters)).toEqual(['0.weight', '0.bias', '2.weight', '2.bias', '4.weight', '4.bias'])
  expect(fromTorchParameters(SHAPES, parameters)).toEqual(numberedLayers())
})

test('parameters of another network are refused by name and shape', () => {
  const parameters = toTorchParameters(SHAPES, numberedLayers())
  const narrower = { ...parameters, '2.weight': { shape: [17, 4], values: new Float32Array(68) } }
  expect(() => fromTorchParameters(SHAPES, narrower)).toThrow('“2.weight” is [17, 4]; the network needs [17, 5]')
  expect(() => fromTorchParameters(SHAPES, { '0.weight': parameters['0.weight']! })).toThrow('no “0.bias”')
})
