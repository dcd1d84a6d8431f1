import { describe, expect, test } from 'vitest'
import { describeShape, shapeLayers, type ShapedLayer } from './layerShapes'
import { parseSpecOrThrow } from './schema'
import type { ExperimentDocument } from './spec'
import { flatShape, type TensorShape } from './tensorShape'

type Layers = NonNullable<ExperimentDocument['layers']>

const image: TensorShape = { height: 28, width: 28, channels: 1 }
const oblong: TensorShape = { height: 5, width: 7, channels: 3 }

function shape(layers: Layers, data = image) {
  // Of files any shape may be claimed.
  return shapeLayers(parseSpecOrThrow({ data: { kind: 'idx' }, layers: [...layers, {}] }).layers, data)
}

const told = (layers: readonly ShapedLayer[]): readonly string[] =>
  layers.flatMap(({ name, output, inner }) => [...told(inner), `${name} ${describeShape(output)}`])

/** What comes out of one layer; the output after it is left out. */
function after(layer: Layers[number], data = image): string {
  const { layers, faults } = shape([layer], data)
  expect(faults).toEqual([])
  return describeShape(layers[0]!.output)
}

test('names and shapes follow the data through every kind of layer', () => {
  const { layers, faults } = shape([
    { kind: 'conv', channels: 8 },
    { kind: 'maxPool' },
    { kind: 'conv', channels: 12, stride: 2 },
    {
      kind: 'residual',
      layers: [
        { kind: 'conv', channels: 12 },
        { kind: 'conv', channels: 12 },
      ],
    },
    {
      kind: 'residual',
      layers: [
        { kind: 'conv', channels: 24, stride: 2 },
        { kind: 'conv', channels: 24 },
      ],
    },
    { kind: 'upsample' },
    { kind: 'transposedConv', channels: 4 },
    { kind: 'averagePool', size: 3, stride: 1 },
    { kind: 'globalAveragePool' },
    { units: 6 },
  ])
  expect(faults).toEqual([])
  expect(told(layers)).toEqual([
    'conv 1 28×28×8',
    'max pool 1 14×14×8',
    'conv 2 7×7×12',
    'block 1 conv 1 7×7×12',
    'block 1 conv 2 7×7×12',
    'block 1 7×7×12',
    'block 2 conv 1 4×4×24',
    'block 2 conv 2 4×4×24',
    'block 2 projection 4×4×24',
    'block 2 4×4×24',
    'upsample 1 8×8×24',
    'transposed conv 1 16×16×4',
    'average pool 1 14×14×4',
    'global pool 1 4',
    'hidden 1 6',
    'output 10',
  ])
})

test.each<[string, Layers[number]]>([
  ['28×28×16', { kind: 'conv' }],
  ['26×26×16', { kind: 'conv', padding: 'valid' }],
  ['24×24×16', { kind: 'conv', padding: 'valid', dilation: 2 }],
  ['14×14×16', { kind: 'conv', stride: 2 }],
  ['10×10×16', { kind: 'conv', stride: 3 }],
  ['12×12×16', { kind: 'conv', kernel: 5, stride: 2, padding: 'valid' }],
  ['16', { kind: 'conv', kernel: 7, dilation: 4, padding: 'valid', stride: 7 }],
  ['56×56×16', { kind: 'transposedConv' }],
  ['57×57×16', { kind: 'transposedConv', padding: 'valid' }],
  ['9×9×1', { kind: 'maxPool', size: 3 }],
  ['13×13×1', { kind: 'maxPool', size: 3, stride: 2 }],
  ['84×84×1', { kind: 'upsample', factor: 3 }],
  ['784', { kind: 'flatten' }],
  ['1', { kind: 'globalAveragePool' }],
])('28×28×1 becomes %s by %j', (expected, layer) => {
  expect(after(layer)).toBe(expected)
})

test('images need not be square', () => {
  expect(after({ kind: 'conv', stride: 2, channels: 4 }, oblong)).toBe('3×4×4')
  expect(after({ kind: 'maxPool' }, oblong)).toBe('2×3×3')
  expect(after({ kind: 'conv', kernel: 5, padding: 'valid', channels: 4 }, oblong)).toBe('1×3×4')
})

test('an image of a single position is still one, a sample without positions is none', () => {
  expect(shape([{ kind: 'maxPool', size: 7 }, { kind: 'maxPool', size: 4 }, { kind: 'conv' }]).faults).toEqual([])
  expect(shape([{ kind: 'conv' }], flatShape(784)).faults).toMatchObject([{ path: 'layers.0' }])
})

describe('what a layer cannot read is a fault at the field to change', () => {
  test.each<[string, Layers, string, RegExp]>([
    ['a convolution after a dense layer', [{ units: 32 }, { kind: 'conv' }], 'layers.1', /32 numbers without places/],
    ['a pool after flattening', [{ kind: 'flatten' }, { kind: 'maxPool' }], 'layers.1', /784 numbers without places/],
    [
      'upsampling after global pooling',
      [{ kind: 'conv' }, { kind: 'globalAveragePool' }, { kind: 'upsample' }],
      'layers.2',
      /16 numbers without places/,
    ],
    [
      'a kernel larger than the image',
      [
        { kind: 'maxPool', size: 7 },
        { kind: 'conv', kernel: 5, padding: 'valid' },
      ],
      'layers.1.kernel',
      /covers 5×5 positions and its input has 4×4\. Use “same” padding/,
    ],
    [
      'a spread kernel larger than the image',
      [{ kind: 'conv', kernel: 7, dilation: 5, padding: 'valid' }],
      'layers.0.kernel',
      /covers 31×31 positions and its input has 28×28/,
    ],
    [
      'a window larger than the image',
      [
        { kind: 'maxPool', size: 7 },
        { kind: 'maxPool', size: 5 },
      ],
      'layers.1.size',
      /covers 5×5 positions and its input has 4×4/,
    ],
    [
      'groups that do not divide what comes in',
      [{ kind: 'conv', groups: 4 }],
      'layers.0.groups',
      /the 1 channels that come in/,
    ],
    [
      'groups that do not divide what goes out',
      [
        { kind: 'conv', channels: 12 },
        { kind: 'conv', channels: 16, groups: 3 },
      ],
      'layers.1.groups',
      /3 groups do not divide its 16 channels evenly/,
    ],
    [
      'depthwise channels that are no multiple',
      [
        { kind: 'conv', channels: 12 },
        { kind: 'conv', channels: 16, groups: 'depthwise' },
      ],
      'layers.1.channels',
      /16 is no multiple of 12/,
    ],
    [
      'a block that loses the rim of its input',
      [{ kind: 'residual', layers: [{ kind: 'conv', padding: 'valid' }] }],
      'layers.0',
      /turns 28×28×1 into 26×26×16, which its input cannot be added to/,
    ],
    [
      'a convolution after a dense layer in a block',
      [{ kind: 'residual', layers: [{ units: 4 }, { kind: 'conv' }] }],
      'layers.0.layers.1',
      /4 numbers without places/,
    ],
    [
      'a kernel in a block larger than the image',
      [
        { kind: 'maxPool', size: 7 },
        { kind: 'residual', layers: [{ kind: 'conv', kernel: 7, padding: 'valid' }] },
      ],
      'layers.1.layers.0.kernel',
      /covers 7×7/,
    ],
  ])('%s', (_name, layers, path, message) => {
    const { faults } = shape(layers)
    expect(faults.map((fault) => fault.path)).toEqual([path])
    expect(faults[0]?.message).toMatch(message)
  })

  test('only the first one is told, whatever follows from it', () => {
    const { faults } = shape([{ units: 9 }, { kind: 'conv' }, { kind: 'maxPool' }, { kind: 'conv', groups: 7 }])
    expect(faults.map((fault) => fault.path)).toEqual(['layers.1'])
  })
})

describe('a residual block', () => {
  const block = (...layers: Layers) => shape([{ kind: 'residual', layers } as Layers[number]]).layers[0]!

  test('needs a projection only where shapes differ', () => {
    const same = block({ kind: 'conv', channels: 1 })
    expect(same.inner.map(({ name }) => name)).toEqual(['block 1 conv 1'])
    const wider = block({ kind: 'conv', channels: 8 })
    expect(wider.inner.at(-1)).toMatchObject({ name: 'block 1 projection', kind: 'conv', input: image })
    expect(block({ kind: 'conv', channels: 1, stride: 2 }).inner).toHaveLength(2)
  })

  test('projects by the strides of all its layers', () => {
    const { inner, output } = block({ kind: 'conv', stride: 2 }, { kind: 'conv', stride: 3 })
    expect(describeShape(output)).toBe('5×5×16')
    expect(inner.at(-1)?.output).toEqual(output)
  })

  test('may be of dense layers, whose input is then all numbers there are', () => {
    const { layers, faults } = shape([{ units: 24 }, { kind: 'residual', layers: [{ units: 24 }, { units: 24 }] }])
    expect(faults).toEqual([])
    expect(told(layers)).toEqual([
      'hidden 1 24',
      'block 1 hidden 1 24',
      'block 1 hidden 2 24',
      'block 1 24',
      'output 10',
    ])
    expect(block({ units: 30 }).inner.at(-1)).toMatchObject({ kind: 'dense', output: flatShape(30) })
  })
})
