import { groupsOf, type ShapedLayer } from './layerShapes'
import type { LayerSpec, WeightedLayerSpec } from './spec'
import { elementsOf, positionsOf, type TensorShape } from './tensorShape'

/** What a layer takes to hold and to compute. */
export interface LayerCost {
  /** Weights and biases, and the scales and shifts of a normalisation. */
  readonly parameters: number
  /**
   * Floating-point operations of the forward pass of one sample, two for each weight that a number meets: a product and
   * an addition, the bias being the last of them. What has no weights is left out, as by PyTorch's
   * torch.utils.flop_counter, which counts the same for nn.Linear and nn.Conv2d.
   */
  readonly flopsPerSample: number
  /** Tensors of the shape of the layer's output that training keeps of a batch: results and their gradients. */
  readonly outputTensors: number
  /** The same of the shape of its input. */
  readonly inputTensors: number
}

/** Where a layer stands: last of the network, or in a block in which normalisation and activation come before it. */
export type LayerRole = 'hidden' | 'output' | 'finishedFirst'

const NOTHING: LayerCost = { parameters: 0, flopsPerSample: 0, outputTensors: 0, inputTensors: 0 }

/** Of a layer other than a block. */
export function layerCost(layer: LayerSpec, shape: ShapedLayer, role: LayerRole): LayerCost {
  switch (layer.kind) {
    case 'dense':
    case 'conv':
    case 'transposedConv':
      return weightedCost(layer, shape, role)
    case 'flatten':
    case 'residual':
      return NOTHING
    default:
      // A result and its gradient.
      return { ...NOTHING, outputTensors: 2 }
  }
}

function weightedCost(layer: WeightedLayerSpec, { input, output }: ShapedLayer, role: LayerRole): LayerCost {
  const weights = countWeights(layer, input)
  const isFirst = role === 'finishedFirst'
  const isNormalised = layer.normalisation !== 'none'
  // What the normalisation makes and its gradient; the activation, where it is another.
  const finishing = (isNormalised ? 2 : 0) + (role === 'output' ? 0 : 1)
  return {
    parameters: weights + output.channels + (isNormalised ? 2 * (isFirst ? input : output).channels : 0),
    flopsPerSample: 2 * weights * meetings(layer, input, output),
    // z and its gradient.
    outputTensors: 2 + (isFirst ? 0 : finishing),
    inputTensors: isFirst ? finishing : 0,
  }
}

/** Without biases. */
function countWeights(layer: WeightedLayerSpec, input: TensorShape): number {
  switch (layer.kind) {
    case 'dense':
      return elementsOf(input) * layer.units
    case 'conv':
      return (layer.kernel ** 2 * input.channels * layer.channels) / groupsOf(layer, input.channels)
    case 'transposedConv':
      return layer.kernel ** 2 * input.channels * layer.channels
  }
}

/** How often each weight is used in one sample; places in the padding count too. */
function meetings(layer: WeightedLayerSpec, input: TensorShape, output: TensorShape): number {
  if (layer.kind === 'dense') return 1
  return positionsOf(layer.kind === 'conv' ? output : input)
}

/** Of the 1×1 convolution, or dense layer, that makes a block's input fit its result. */
export function projectionCost({ kind, input, output }: ShapedLayer, isNormalised: boolean): LayerCost {
  const weights = (kind === 'dense' ? elementsOf(input) : input.channels) * output.channels
  return {
    parameters: weights + output.channels * (isNormalised ? 3 : 1),
    flopsPerSample: 2 * weights * positionsOf(output),
    outputTensors: 2 + (isNormalised ? 2 : 0),
    inputTensors: 0,
  }
}
