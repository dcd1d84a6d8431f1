import { augmentationFaults } from './augmentation'
import { ceilingFaults, type Ceilings } from './ceilings'
import type { DataShape } from './dataShape'
import type { FieldFault } from './faults'
import { outputFaults } from './fit'
import { flatteningFaults } from './flattening'
import { layerCost, projectionCost, type LayerCost } from './layerCosts'
import { shapeLayers, type ShapedLayer } from './layerShapes'
import type { ExperimentSpec, LayerKind, LayerSpec, ResidualLayerSpec, WeightedLayerSpec } from './spec'
import { elementsOf, positionsOf, type TensorShape } from './tensorShape'

/** What one layer turns into once the data are known. */
export interface LayerShape {
  /** “conv 1”, “hidden 1”, …, “output”; names the tracked output too. */
  readonly name: string
  readonly kind: LayerKind
  readonly id: number
  readonly input: TensorShape
  readonly output: TensorShape
  /** Weights and biases, and the scales and shifts of a normalisation; a block's are those of all its layers. */
  readonly parameters: number
  /** Floating-point operations of the forward pass of one sample; see `LayerCost`. */
  readonly flopsPerSample: number
  /** What training keeps of a batch: results and their gradients, f32, as they lie on the GPU. */
  readonly activationBytes: number
  /** Of a residual block: its layers in order and, last, its projection if it needs one; empty for other layers. */
  readonly inner: readonly LayerShape[]
}

/** A layer whose output can be measured. */
interface MeasuredLayer {
  readonly name: string
  readonly kind: WeightedLayerSpec['kind']
  /** Units or channels. */
  readonly width: number
  /** Places of an image; 1 for others. */
  readonly positions: number
}

/** Shapes and costs of a network; `faults` is empty when it can be trained. */
export interface Architecture {
  /** By layer of the spec. */
  readonly layers: readonly LayerShape[]
  /** In the order of the forward pass, those within blocks included. */
  readonly measured: readonly MeasuredLayer[]
  readonly parameters: number
  /** Forward pass of one sample. */
  readonly flopsPerSample: number
  /** Forward and backward pass of one batch; the gradient of the input samples is not needed. */
  readonly flopsPerStep: number
  /** The batch and what its layers keep of it, f32, as they lie on the GPU. */
  readonly activationBytes: number
  /** The largest single one of them. */
  readonly largestTensorBytes: number
  readonly faults: readonly FieldFault[]
}

/**
 * Follows the data through the layers.
 * @param data shape and task, from `dataShape(spec.data)` or from the files that were read.
 * @param ceilings what the engine can hold (`gpuCeilings`, `REFERENCE_CEILINGS`); without them size is not checked.
 */
export function describeArchitecture(spec: ExperimentSpec, data: DataShape, ceilings?: Ceilings): Architecture {
  const { batchSize } = spec.training
  const shaped = shapeLayers(spec.layers, data.shape)
  const last = spec.layers.length - 1
  const layers = spec.layers.map((layer, index) =>
    describeLayer(layer, shaped.layers[index]!, batchSize, index === last),
  )
  const flopsPerSample = sum(layers, (layer) => layer.flopsPerSample)
  const inputBytes = batchSize * paddedBytes(elementsOf(data.shape))
  const architecture = {
    layers,
    measured: measuredLayers(layers),
    parameters: sum(layers, (layer) => layer.parameters),
    flopsPerSample,
    flopsPerStep: (3 * flopsPerSample - inputGradientFlops(layers)) * batchSize,
    activationBytes: inputBytes + sum(layers, (layer) => layer.activationBytes),
    largestTensorBytes: Math.max(inputBytes, ...outputsOf(layers).map((output) => tensorBytes(batchSize, output))),
  }
  const dataFaults = augmentationFaults(spec.training.augmentation, data.shape)
  if (shaped.faults.length > 0) return { ...architecture, faults: [...shaped.faults, ...dataFaults] }
  const sizeFaults = ceilings ? ceilingFaults(architecture, ceilings) : []
  const measuringFaults = flatteningFaults(spec.monitor, architecture.measured)
  return {
    ...architecture,
    faults: [...outputFaults(spec, data), ...dataFaults, ...measuringFaults, ...sizeFaults],
  }
}

function describeLayer(layer: LayerSpec, shaped: ShapedLayer, batchSize: number, isOutput: boolean): LayerShape {
  if (layer.kind === 'residual') return describeBlock(layer, shaped, batchSize)
  return withCost(shaped, layerCost(layer, shaped, isOutput ? 'output' : 'hidden'), batchSize)
}

function describeBlock(block: ResidualLayerSpec, shaped: ShapedLayer, batchSize: number): LayerShape {
  const isNormalised = block.order === 'post' && block.layers.at(-1)?.normalisation !== 'none'
  const role = block.order === 'pre' ? 'finishedFirst' : 'hidden'
  const inner = shaped.inner.map((one, index): LayerShape => {
    const layer = block.layers[index]
    return withCost(one, layer ? layerCost(layer, one, role) : projectionCost(one, isNormalised), batchSize)
  })
  return {
    ...shaped,
    inner,
    parameters: sum(inner, (layer) => layer.parameters),
    flopsPerSample: sum(inner, (layer) => layer.flopsPerSample),
    // The last layer's own result is kept beside its sum with the input.
    activationBytes: sum(inner, (layer) => layer.activationBytes) + tensorBytes(batchSize, shaped.output),
  }
}

function withCost(shaped: ShapedLayer, cost: LayerCost, batchSize: number): LayerShape {
  const { parameters, flopsPerSample, outputTensors, inputTensors } = cost
  const activationBytes =
    outputTensors * tensorBytes(batchSize, shaped.output) + inputTensors * tensorBytes(batchSize, shaped.input)
  return { ...shaped, inner: [], parameters, flopsPerSample, activationBytes }
}

function measuredLayers(layers: readonly LayerShape[]): readonly MeasuredLayer[] {
  return layers.flatMap(({ name, kind, output, inner }) => {
    if (kind === 'residual') return measuredLayers(inner)
    return isWeighted(kind) ? [{ name, kind, width: output.channels, positions: positionsOf(output) }] : []
  })
}

function isWeighted(kind: LayerKind): kind is WeightedLayerSpec['kind'] {
  return kind === 'dense' || kind === 'conv' || kind === 'transposedConv'
}

/** The first layer's, if it has weights: what its input gradient would cost. */
function inputGradientFlops([first]: readonly LayerShape[]): number {
  return first && isWeighted(first.kind) ? first.flopsPerSample : 0
}

function outputsOf(layers: readonly LayerShape[]): readonly TensorShape[] {
  return layers.flatMap(({ output, inner }) => [output, ...outputsOf(inner)])
}

/** Channels are padded to a multiple of four. */
function tensorBytes(samples: number, shape: TensorShape): number {
  return samples * positionsOf(shape) * paddedBytes(shape.channels)
}

function paddedBytes(numbers: number): number {
  return Math.ceil(numbers / 4) * 16
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
