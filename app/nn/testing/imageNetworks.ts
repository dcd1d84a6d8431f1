import { defaultLayers, denseLayer } from '../../experiment/defaults'
import type { Activation, BodyLayerSpec, ConvLayerSpec, LayerSpec } from '../../experiment/spec'
import { elementsOf, type TensorShape } from '../../experiment/tensorShape'

/** Small networks on images that between them have every operation, and awkward channel counts. */

export const IMAGE: TensorShape = { height: 6, width: 5, channels: 3 }
export const CLASSES = 4

const { conv, transposedConv, maxPool, averagePool, globalAveragePool, upsample, flatten } = defaultLayers

function convolution(id: number, channels: number, change: Partial<ConvLayerSpec> = {}): ConvLayerSpec {
  return { ...conv, id, channels, activation: 'tanh', ...change }
}

function block(id: number, order: 'post' | 'pre', layers: readonly BodyLayerSpec[]): LayerSpec {
  return { kind: 'residual', id, order, layers }
}

const output = denseLayer(99, CLASSES, 'linear')
const hidden = (id: number, units: number, activation: Activation = 'tanh') => denseLayer(id, units, activation)

export const imageNetworks: Readonly<Record<string, readonly LayerSpec[]>> = {
  'convolutions and pools': [
    convolution(1, 5),
    { ...maxPool, id: 2 },
    convolution(3, 6, { kernel: 2, activation: 'silu' }),
    { ...averagePool, id: 4 },
    output,
  ],
  'strides, dilation and no padding': [
    convolution(1, 4, { stride: 2, dropout: 0.2 }),
    convolution(2, 7, { kernel: 2, padding: 'valid', activation: 'gelu' }),
    convolution(3, 3, { dilation: 2, kernel: 3, dropout: 0.3, dropped: 'elements' }),
    output,
  ],
  'overlapping pools and a global one': [
    { ...averagePool, id: 1, size: 2, stride: 1 },
    convolution(2, 6),
    { ...maxPool, id: 3, size: 3, stride: 1 },
    { ...globalAveragePool, id: 4 },
    output,
  ],
  enlarging: [
    { ...transposedConv, id: 1, channels: 5, activation: 'tanh' },
    { ...upsample, id: 2 },
    { ...transposedConv, id: 3, channels: 3, kernel: 2, padding: 'valid', activation: 'sigmoid' },
    // Not of largest values: those of repeated positions are equal, and rounding would choose among them.
    { ...averagePool, id: 4, size: 5, stride: 5 },
    { ...flatten, id: 5 },
    hidden(6, 5),
    output,
  ],
  'a block with identity': [convolution(1, 6), block(2, 'post', [convolution(3, 6), convolution(4, 6)]), output],
  'a block with a projection, preactivated': [
    convolution(1, 3),
    block(2, 'pre', [convolution(3, 5, { stride: 2, dropout: 0.2 }), convolution(4, 5, { activation: 'gelu' })]),
    { ...globalAveragePool, id: 5 },
    output,
  ],
  'a block on the input': [block(1, 'post', [convolution(2, 4, { stride: 2 })]), output],
  'dense layers on an image, and a dense block': [
    hidden(1, 9),
    block(2, 'post', [hidden(3, 7, 'silu'), hidden(4, 9)]),
    block(5, 'pre', [hidden(6, 5)]),
    output,
  ],
  'depthwise and grouped': [
    convolution(1, 6, { groups: 'depthwise' }),
    convolution(2, 8, { groups: 2, stride: 2 }),
    convolution(3, 4, { groups: 4, kernel: 1 }),
    output,
  ],
  'batch norm': [
    convolution(1, 5, { normalisation: 'batch' }),
    { ...maxPool, id: 2 },
    convolution(3, 6, { normalisation: 'batch', dropout: 0.2 }),
    { ...hidden(4, 7), normalisation: 'batch' },
    output,
  ],
  'layer norm': [
    convolution(1, 5, { normalisation: 'layer' }),
    { ...hidden(2, 9, 'gelu'), normalisation: 'layer' },
    output,
  ],
  'a residual network': [
    convolution(1, 5, { normalisation: 'batch' }),
    block(2, 'post', [convolution(3, 5, { normalisation: 'batch' }), convolution(4, 5, { normalisation: 'batch' })]),
    block(5, 'post', [
      convolution(6, 6, { normalisation: 'batch', stride: 2 }),
      convolution(7, 6, { normalisation: 'batch' }),
    ]),
    { ...globalAveragePool, id: 8 },
    output,
  ],
  'a preactivated residual network': [
    convolution(1, 5),
    block(2, 'pre', [convolution(3, 5, { normalisation: 'layer' }), convolution(4, 5, { normalisation: 'batch' })]),
    block(5, 'pre', [convolution(6, 6, { normalisation: 'batch', stride: 2 })]),
    output,
  ],
}

/** Halved and doubled it is itself again. */
export const EVEN_IMAGE: TensorShape = { height: 4, width: 6, channels: 3 }

/** Networks that make an image of its own shape out of `EVEN_IMAGE`. */
export const autoencoders: Readonly<Record<string, readonly LayerSpec[]>> = {
  dense: [
    hidden(1, 9),
    { ...hidden(2, 5), normalisation: 'layer' },
    hidden(3, 7, 'gelu'),
    { ...output, units: elementsOf(EVEN_IMAGE) },
  ],
  'a strided convolution, and a transposed one': [
    convolution(1, 5, { stride: 2, normalisation: 'batch' }),
    convolution(2, 6, { dropout: 0.2 }),
    { ...transposedConv, id: 3, channels: 3, activation: 'linear' },
  ],
  'pooling, and upsampling before a convolution': [
    convolution(1, 5),
    { ...averagePool, id: 2 },
    { ...upsample, id: 3 },
    convolution(4, 3, { kernel: 2, activation: 'linear' }),
  ],
}
