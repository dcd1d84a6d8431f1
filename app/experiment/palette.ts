import { layerChoices } from './choices'
import { placeForNew } from './imageLayers'
import { defaultLayers } from './defaults'
import { hasWeights, layerWidth } from './layerNames'
import { everyLayer } from './layerPlace'
import { shapeLayers } from './layerShapes'
import { numberSettings } from './settings'
import type { Activation, ExperimentSpec, LayerKind, LayerSpec } from './spec'
import type { TensorShape } from './tensorShape'

/** What the layers around a new one have. */
interface Surroundings {
  /** Units or channels of the last layer before it that has some. */
  readonly before: number | undefined
  /** Channels that come in. */
  readonly arriving: number
  readonly activation: Activation
}

/** One way to add a kind of layer. */
interface Recipe {
  /** One sentence: how it compares with the layer before, and when to take it. */
  readonly explanation: string
  readonly make: (surroundings: Surroundings) => LayerSpec
}

/** Usual for hidden dense layers; half, the original paper's choice, is for networks wider than those made here. */
const USUAL_DROPOUT = 0.2

const dense = (width: (before: number) => number, dropout = 0) => {
  const { range, default: usual } = numberSettings['layers.units']
  return ({ before = usual, activation }: Surroundings): LayerSpec => {
    const units = Math.min(range.maximum, Math.max(range.minimum, width(before)))
    return { ...defaultLayers.dense, units, activation, dropout }
  }
}

const conv = (width: (before: number) => number, change: Partial<typeof defaultLayers.conv> = {}) => {
  const { range, default: usual } = numberSettings['layers.channels']
  return ({ before = usual, activation }: Surroundings): LayerSpec => {
    const channels = Math.min(range.maximum, Math.max(range.minimum, width(before)))
    return { ...defaultLayers.conv, channels, activation, ...change }
  }
}

const block = (order: 'post' | 'pre') => {
  const { default: usual } = numberSettings['layers.channels']
  return ({ before: channels = usual, activation }: Surroundings): LayerSpec => {
    const layer = { ...defaultLayers.conv, channels, activation, normalisation: 'batch' } as const
    return { ...defaultLayers.residual, order, layers: [layer, layer] }
  }
}

/** Every kind of layer that a network can be built of; the plainest recipe first. */
const recipes: Readonly<Record<LayerKind, readonly Recipe[]>> = {
  dense: [
    { explanation: 'As wide as the layer before: one more step of the same kind.', make: dense((before) => before) },
    {
      explanation: 'Half as wide, a bottleneck: only what matters gets through.',
      make: dense((before) => Math.ceil(before / 2)),
    },
    {
      explanation: 'Twice as wide: room to unfold what the layer before found.',
      make: dense((before) => before * 2),
    },
    {
      explanation: 'A fifth of it set to zero in each training step, against learning by heart.',
      make: dense((before) => before, USUAL_DROPOUT),
    },
  ],
  conv: [
    { explanation: 'As many channels as before: one more look, a window further.', make: conv((before) => before) },
    {
      explanation: 'Twice the channels at half the resolution: the step of most networks on images.',
      make: conv((before) => before * 2, { stride: 2 }),
    },
    {
      explanation: 'Mixes the channels of each position, and looks no further.',
      make: conv((before) => before, { kernel: 1 }),
    },
    {
      explanation: 'Each channel by itself: far fewer weights, usually followed by a 1×1 convolution.',
      make: ({ arriving: channels, activation }) => ({
        ...defaultLayers.conv,
        channels,
        activation,
        groups: 'depthwise',
      }),
    },
  ],
  maxPool: [
    { explanation: 'Halves the image; the strongest answer of each window stays.', make: () => defaultLayers.maxPool },
  ],
  averagePool: [{ explanation: 'Halves the image; every answer counts.', make: () => defaultLayers.averagePool }],
  residual: [
    { explanation: 'Two convolutions whose input goes past them: deep networks learn with it.', make: block('post') },
    { explanation: 'The same with normalisation first; the way past is then free of it.', make: block('pre') },
  ],
  globalAveragePool: [
    {
      explanation: 'What is there, no matter where: the usual end before the output.',
      make: () => defaultLayers.globalAveragePool,
    },
  ],
  flatten: [
    { explanation: 'Says that places end here; a dense layer does so by itself.', make: () => defaultLayers.flatten },
  ],
  transposedConv: [
    {
      explanation: 'Twice the resolution, with weights of its own: the way back in an autoencoder.',
      make: ({ before: channels = defaultLayers.transposedConv.channels, activation }) => ({
        ...defaultLayers.transposedConv,
        channels,
        activation,
      }),
    },
  ],
  upsample: [
    {
      explanation: 'Twice the resolution without weights; a convolution after it smooths.',
      make: () => defaultLayers.upsample,
    },
  ],
}

interface PaletteGroup {
  readonly label: string
  readonly kinds: readonly LayerKind[]
}

/** The kinds of layers in the order in which they are offered. */
export const paletteGroups: readonly PaletteGroup[] = [
  { label: 'Dense', kinds: ['dense'] },
  { label: 'Convolution', kinds: ['conv'] },
  { label: 'Pooling', kinds: ['maxPool', 'averagePool', 'globalAveragePool', 'flatten'] },
  { label: 'Blocks', kinds: ['residual'] },
  { label: 'Enlarging', kinds: ['transposedConv', 'upsample'] },
]

/** A layer ready to be added; its id is given when it is. */
interface LayerOffer {
  /** “Dense 64”, “Dense 64 + 20 % dropout”, “Convolution 16, 3×3, stride 2”. */
  readonly title: string
  readonly explanation: string
  readonly layer: LayerSpec
}

/**
 * What may be added at the usual place, sized by the last layer before it that has a width.
 * @param data shape of a sample.
 */
export function offerLayers(
  spec: ExperimentSpec,
  kind: LayerKind,
  activation: Activation,
  data: TensorShape,
): readonly LayerOffer[] {
  const place = placeForNew(spec, kind)
  const isEnd = kind === 'flatten' || kind === 'globalAveragePool'
  // An image ends once; a dense layer ends it, too, and may come after either.
  if (isEnd && spec.layers[place]?.kind !== 'dense') return []
  const earlier = spec.layers.slice(0, place)
  const before = everyLayer(earlier)
    .map(({ layer }) => layerWidth(layer))
    .findLast((width) => width !== undefined)
  const { channels: arriving } = shapeLayers(earlier, data).layers.at(-1)?.output ?? data
  const offers = recipes[kind].map(({ explanation, make }) => {
    const layer = make({ before, arriving, activation })
    return { title: titleOf(layer), explanation, layer }
  })
  // At the ends of the range twice or half as wide is as wide, which the first offer says already.
  return offers.filter(({ title }, index) => offers.findIndex((other) => other.title === title) === index)
}

function titleOf(layer: LayerSpec): string {
  const { label } = layerChoices[layer.kind]
  switch (layer.kind) {
    case 'dense':
      return `${label} ${layer.units}${layer.dropout > 0 ? ` + ${layer.dropout * 100} % dropout` : ''}`
    case 'conv': {
      const whole = `${label} ${layer.channels}, ${layer.kernel}×${layer.kernel}`
      return `${whole}${layer.stride > 1 ? `, stride ${layer.stride}` : ''}${layer.groups === 'depthwise' ? ', depthwise' : ''}`
    }
    case 'transposedConv':
      return `${label} ${layer.channels}, ${layer.kernel}×${layer.kernel}, stride ${layer.stride}`
    case 'maxPool':
    case 'averagePool':
      return `${label} ${layer.size}×${layer.size}`
    case 'upsample':
      return `${label} ${layer.factor}×`
    case 'residual':
      return `${label}, ${layer.order === 'pre' ? 'normalised first' : `${layer.layers.length} convolutions`}`
    default:
      return label
  }
}

/** What the next hidden layer most likely has, too. */
export function usualActivation({ layers }: ExperimentSpec): Activation {
  const weighted = everyLayer(layers.slice(0, -1)).flatMap(({ layer }) => (hasWeights(layer) ? [layer] : []))
  return weighted.at(-1)?.activation ?? 'relu'
}
