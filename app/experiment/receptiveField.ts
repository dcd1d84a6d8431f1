import { kernelExtent } from './convolution'
import { bodyNames, hasWeights, layerNames } from './layerNames'
import { blockStride } from './layerShapes'
import type { LayerSpec, ResidualLayerSpec } from './spec'
import type { TensorShape } from './tensorShape'

/**
 * The square of the input that a position of a feature map can depend on, by its edge in pixels. Without enlarging, it
 * grows with every kernel of extent k over positions j pixels apart by (k − 1)·j, and strides multiply j (A. Araujo,
 * W. Norris, J. Sim 2019, “Computing Receptive Fields of Convolutional Neural Networks”, Distill,
 * doi:10.23915/distill.00021).
 */
export interface ReceptiveField {
  /** Along the way on which it grows least: past the layers of residual blocks. */
  readonly shortest: number
  /** Along the way on which it grows most. */
  readonly longest: number
  /** Pixels of the input between two neighbouring positions: below 1 after enlarging. */
  readonly jump: number
}

/** Of one layer of the network. */
interface LayerField {
  /** Undefined from the first layer on that looks at all there is, wherever it is: dense, flattened or globally pooled. */
  readonly field: ReceptiveField | undefined
  /** Of the layers of a residual block in order, without its projection; empty for other layers. */
  readonly inner: readonly (ReceptiveField | undefined)[]
  /** Of a residual block's projection, if it has one: it looks at single positions of the block's input. */
  readonly projection: ReceptiveField | undefined
}

/** How a position of a layer's output depends on positions of its input, along one axis. */
type Window =
  /** On `extent` positions from `stride` times its own on. */
  | { readonly extent: number; readonly stride: number }
  /** On those whose windows of `kernel` positions, `factor` apart, reach it. */
  | { readonly kernel: number; readonly factor: number }

/** The windows from the input on, along two ways through the layers. */
interface Ways {
  readonly shortest: readonly Window[]
  readonly longest: readonly Window[]
}

const NO_LAYERS: Ways = { shortest: [], longest: [] }

/** The receptive field of each layer of a network. Whether layers fit the data is not checked. */
export function receptiveFields(layers: readonly LayerSpec[]): readonly LayerField[] {
  let ways: Ways | undefined = NO_LAYERS
  return layers.map((layer): LayerField => {
    if (layer.kind !== 'residual') {
      ways = extend(ways, layer)
      return { field: ways && fieldAlong(ways), inner: [], projection: undefined }
    }
    const input: Ways | undefined = ways
    const inner = layer.layers.map((one) => (ways = extend(ways, one)))
    // The input goes past the layers as it is, or through a projection, which looks at single positions.
    const past = { extent: 1, stride: blockStride(layer) }
    const shortcut = input && ways && { shortest: [...input.shortest, past], longest: [...input.longest, past] }
    ways = shortcut && ways && { shortest: shortcut.shortest, longest: ways.longest }
    return {
      field: ways && fieldAlong(ways),
      inner: inner.map((one) => one && fieldAlong(one)),
      projection: shortcut && fieldAlong(shortcut),
    }
  })
}

function extend(ways: Ways | undefined, layer: Exclude<LayerSpec, ResidualLayerSpec>): Ways | undefined {
  const window = windowOf(layer)
  return ways && window && { shortest: [...ways.shortest, window], longest: [...ways.longest, window] }
}

function windowOf(layer: Exclude<LayerSpec, ResidualLayerSpec>): Window | undefined {
  switch (layer.kind) {
    case 'conv':
      return { extent: kernelExtent(layer), stride: layer.stride }
    case 'maxPool':
    case 'averagePool':
      return { extent: layer.size, stride: layer.stride }
    case 'transposedConv':
      return { kernel: layer.kernel, factor: layer.stride }
    case 'upsample':
      return { kernel: layer.factor, factor: layer.factor }
    case 'dense':
    case 'flatten':
    case 'globalAveragePool':
      return undefined
  }
}

function fieldAlong({ shortest, longest }: Ways): ReceptiveField {
  const jump = longest.reduce((pixels, window) => {
    return 'stride' in window ? pixels * window.stride : pixels / window.factor
  }, 1)
  return { shortest: largestReach(shortest), longest: largestReach(longest), jump }
}

/** After enlarging, positions depend on more or fewer pixels by turns; longer turns than this add nothing to see. */
const LONGEST_TURN = 64

/** Pixels along an axis from the first to the last that a position depends on: the most of any position. */
function largestReach(windows: readonly Window[]): number {
  const turn = windows.reduce((product, window) => product * ('factor' in window ? window.factor : 1), 1)
  const reaches = Array.from({ length: Math.min(turn, LONGEST_TURN) }, (_, position) => reachOf(windows, position))
  return Math.max(...reaches)
}

function reachOf(windows: readonly Window[], position: number): number {
  let [first, last] = [position, position]
  for (const window of windows.toReversed()) {
    if ('stride' in window) {
      first *= window.stride
      last = last * window.stride + window.extent - 1
    } else {
      first = Math.ceil((first - window.kernel + 1) / window.factor)
      last = Math.floor(last / window.factor)
    }
  }
  return last - first + 1
}

/** Names of the layers, those within blocks included, from which on others are predicted to add nothing. */
interface BorderLayers {
  /** The first from which on every input already depends on more than the whole image, whichever way is taken. */
  readonly border: string | undefined
  /** The first with such an input along the longest way: then only ways past residual blocks bring anything new. */
  readonly possibleBorder: string | undefined
}

/**
 * Predicts before training which convolutions will be unproductive: those whose input already has a receptive field
 * larger than the image, in both directions (M. L. Richter et al. 2021, “Should You Go Deeper?”, arXiv:2106.12307).
 * @param image shape of a sample.
 */
export function borderLayers(layers: readonly LayerSpec[], image: TensorShape): BorderLayers {
  const edge = Math.max(image.height, image.width)
  const readers = convolutions(layers)
  // A single position has no border to grow past.
  if (edge === 1) return { border: undefined, possibleBorder: undefined }
  return {
    border: readers[readers.findLastIndex(({ input }) => input.shortest <= edge) + 1]?.name,
    possibleBorder: readers.find(({ input }) => input.longest > edge)?.name,
  }
}

interface Convolution {
  readonly name: string
  /** Of what it reads. */
  readonly input: ReceptiveField
}

/** All layers with weights that still look at places of an image, in the order of the forward pass. */
function convolutions(layers: readonly LayerSpec[]): readonly Convolution[] {
  const names = layerNames(layers)
  const fields = receptiveFields(layers)
  return layers.flatMap((layer, index): Convolution[] => {
    const input = index === 0 ? fieldAlong(NO_LAYERS) : fields[index - 1]!.field
    const name = names[index]!
    if (!input) return []
    if (layer.kind === 'residual') {
      const inner = fields[index]!.inner
      return bodyNames(name, layer.layers).flatMap((innerName, position) => {
        const read = position === 0 ? input : inner[position - 1]
        return read && inner[position] ? [{ name: innerName, input: read }] : []
      })
    }
    return hasWeights(layer) && fields[index]!.field ? [{ name, input }] : []
  })
}
