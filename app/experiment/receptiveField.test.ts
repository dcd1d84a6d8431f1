import { describe, expect, test } from 'vitest'
import { defaultLayers } from './defaults'
import { borderLayers, receptiveFields } from './receptiveField'
import type { BodyLayerSpec, ConvLayerSpec, LayerSpec } from './spec'
import { flatShape } from './tensorShape'

/** Kernels may be larger here than an experiment's, for networks that were published. */
function conv(kernel: number, stride = 1, dilation = 1): ConvLayerSpec {
  return { ...defaultLayers.conv, kernel, stride, dilation }
}
const pool = (size: number, stride = size): LayerSpec => ({ ...defaultLayers.maxPool, size, stride })
const block = (...layers: readonly BodyLayerSpec[]): LayerSpec => ({ ...defaultLayers.residual, layers })
const times = (count: number, layer: LayerSpec): readonly LayerSpec[] => Array.from({ length: count }, () => layer)
const square = (edge: number) => ({ height: edge, width: edge, channels: 1 })

const { dense, globalAveragePool, flatten, upsample, transposedConv } = defaultLayers

/** Longest path by layer. */
const longest = (layers: readonly LayerSpec[]) => receptiveFields(layers).map(({ field }) => field?.longest)

const alexNet = [conv(11, 4), pool(3, 2), conv(5), pool(3, 2), conv(3), conv(3), conv(3), pool(3, 2)]
const vgg16 = [2, 2, 3, 3, 3].flatMap((count) => [...times(count, conv(3)), pool(2)])
const stage = (stride: number) => [block(conv(3, stride), conv(3)), block(conv(3), conv(3))]
const resNet18 = [conv(7, 2), pool(3, 2), ...[1, 2, 2, 2].flatMap(stage)]

describe('the published receptive fields', () => {
  test('of AlexNet: 11, 19, 51, 67, 99, 131, 163 and 195', () => {
    expect(longest(alexNet)).toEqual([11, 19, 51, 67, 99, 131, 163, 195])
    expect(receptiveFields(alexNet).at(-1)?.field?.jump).toBe(32)
  })

  test('of VGG-16: 196 in conv5_3 and 212 after the last pool', () => {
    expect(longest(vgg16).slice(-2)).toEqual([196, 212])
    expect(receptiveFields(vgg16).at(-1)?.field?.jump).toBe(32)
  })

  test('of ResNet-18: 435 along the longest way; past all blocks only the projections’ strides', () => {
    const fields = receptiveFields(resNet18)
    expect(fields.at(-1)?.field).toEqual({ shortest: 11, longest: 435, jump: 32 })
    expect(fields.at(-1)?.inner.map((field) => field?.longest)).toEqual([371, 435])
  })
})

test('dilation spreads a kernel and pools without overlap add their windows', () => {
  expect(longest([conv(3, 1, 2), conv(3, 1, 4), pool(2), conv(3)])).toEqual([5, 13, 14, 18])
})

test('enlarging divides the distance of positions, and a kernel that stays in one of them sees no more', () => {
  const fields = receptiveFields([conv(3, 2), upsample, conv(2), conv(3), { ...transposedConv, kernel: 3, stride: 2 }])
  expect(fields.map(({ field }) => [field?.longest, field?.jump])).toEqual([
    [3, 2],
    [3, 1],
    [5, 1],
    [7, 1],
    [7, 0.5],
  ])
})

test('a projection looks at single positions of what its block reads, at the distance its strides leave', () => {
  const strided = block(conv(3, 2), conv(3))
  const [, first, second] = receptiveFields([conv(5), strided, strided])
  expect(first?.projection).toEqual({ shortest: 5, longest: 5, jump: 2 })
  expect(second?.projection).toEqual({ shortest: 5, longest: 11, jump: 4 })
  expect(receptiveFields([strided])[0]?.projection).toEqual({ shortest: 1, longest: 1, jump: 2 })
  expect(receptiveFields([block(conv(3), dense)])[0]?.projection).toBeUndefined()
})

test('what looks at everything at once has none, and neither has what follows', () => {
  for (const layer of [dense, flatten, globalAveragePool]) {
    expect(longest([conv(3), layer, dense])).toEqual([3, undefined, undefined])
  }
  expect(receptiveFields([block(dense, dense)])).toEqual([{ field: undefined, inner: [undefined, undefined] }])
})

/**
 * By brute force along one axis: which inputs a position in the middle depends on, through the same layers on a long
 * line of positions.
 */
function reachOf(layers: readonly LayerSpec[], length: number): number {
  type Line = readonly ReadonlySet<number>[]
  const windows = (line: Line, extent: number, stride: number, step = 1): Line =>
    Array.from({ length: Math.floor((line.length - extent) / stride) + 1 }, (_, at) => {
      const reached = new Set<number>()
      for (let tap = 0; tap < extent; tap += step) for (const pixel of line[at * stride + tap]!) reached.add(pixel)
      return reached
    })
  const after = (line: Line, layer: LayerSpec): Line => {
    if (layer.kind === 'conv')
      return windows(line, layer.dilation * (layer.kernel - 1) + 1, layer.stride, layer.dilation)
    if (layer.kind === 'maxPool') return windows(line, layer.size, layer.stride)
    if (layer.kind === 'upsample') return line.flatMap((set) => Array.from({ length: layer.factor }, () => set))
    if (layer.kind !== 'transposedConv') throw new Error(`no line through ${layer.kind}`)
    const painted = Array.from({ length: (line.length - 1) * layer.stride + layer.kernel }, () => new Set<number>())
    line.forEach((set, at) => {
      for (let tap = 0; tap < layer.kernel; tap++) for (const pixel of set) painted[at * layer.stride + tap]!.add(pixel)
    })
    return painted
  }
  const line = layers.reduce<Line>(
    after,
    Array.from({ length }, (_, pixel) => new Set([pixel])),
  )
  return Math.max(...line.map((set) => (set.size === 0 ? 0 : Math.max(...set) - Math.min(...set) + 1)))
}

test.each<[string, readonly LayerSpec[]]>([
  ['kernels, strides and gaps', [conv(3), conv(5, 2), conv(3, 1, 3), pool(3, 2), conv(2)]],
  ['pools in a row', [pool(2), pool(3, 1), conv(1), pool(2)]],
  ['down and up again', [conv(3, 2), conv(3), upsample, conv(3), upsample, conv(5)]],
  ['transposed convolutions', [conv(3, 2), conv(3, 2), { ...transposedConv, kernel: 4 }, conv(3)]],
  ['a transposed kernel shorter than its stride', [pool(4), { ...transposedConv, kernel: 2, stride: 4 }, conv(3)]],
  ['an autoencoder', [conv(3, 2), conv(3, 2), upsample, conv(3), { ...transposedConv, kernel: 3 }, conv(3)]],
])('it is what a position depends on, pixel by pixel: %s', (_name, layers) => {
  expect(longest(layers).at(-1)).toBe(reachOf(layers, 160))
})

describe('the border layer', () => {
  const tenConvolutions = [
    ...times(2, conv(3)),
    pool(2),
    ...times(2, conv(3)),
    pool(2),
    ...times(2, conv(3)),
    pool(2),
    ...times(4, conv(3)),
    dense,
  ]

  test('is the first convolution that reads what has seen more than the image', () => {
    // After conv 1 to 4: 3, 5, 10, 14; after pool 2 it is 16.
    expect(borderLayers(tenConvolutions, square(8)).border).toBe('conv 4')
    expect(borderLayers(tenConvolutions, square(14)).border).toBe('conv 5')
    expect(borderLayers(tenConvolutions, square(16)).border).toBe('conv 6')
  })

  test('moves back with larger images and goes where there are none that small', () => {
    expect(borderLayers(tenConvolutions, square(32)).border).toBe('conv 7')
    expect(borderLayers(tenConvolutions, square(28)).border).toBe('conv 7')
    expect(borderLayers(tenConvolutions, square(64)).border).toBe('conv 9')
    expect(borderLayers(tenConvolutions, square(300)).border).toBeUndefined()
  })

  test('needs both directions of an image that is no square', () => {
    expect(borderLayers(tenConvolutions, { height: 8, width: 16, channels: 1 }).border).toBe('conv 6')
  })

  test('of a residual network is certain only where the short ways are long enough, too', () => {
    const network = [conv(3), ...times(6, block(conv(3), conv(3))), globalAveragePool, dense]
    expect(borderLayers(network, square(8))).toEqual({ border: undefined, possibleBorder: 'block 2 conv 2' })
    // Past the block comes what has seen 7×7, so that the next layer has something new to see.
    const passed = [...times(3, conv(3)), block(conv(3), conv(3)), conv(3), conv(3), dense]
    expect(borderLayers(passed, square(8))).toEqual({ border: 'conv 5', possibleBorder: 'block 1 conv 2' })
    const deep = [...times(5, conv(3)), block(conv(3)), globalAveragePool, dense]
    expect(borderLayers(deep, square(8))).toEqual({ border: 'conv 5', possibleBorder: 'conv 5' })
  })

  test('is none of a network without images', () => {
    expect(borderLayers([dense, dense], flatShape(2))).toEqual({ border: undefined, possibleBorder: undefined })
    expect(borderLayers([dense, dense], square(8)).border).toBeUndefined()
  })
})
