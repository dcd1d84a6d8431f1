import { convolutionSize, kernelExtent, transposedConvolutionSize } from './convolution'
import { formatNumber, type FieldFault } from './faults'
import { bodyNames, layerNames, projectionName } from './layerNames'
import { pooledShape } from './pooledShape'
import type { BodyLayerSpec, ConvLayerSpec, LayerKind, LayerSpec, PoolLayerSpec, ResidualLayerSpec } from './spec'
import { elementsOf, flatShape, positionsOf, sameShape, type TensorShape } from './tensorShape'

/** What a layer reads and makes. */
export interface ShapedLayer {
  readonly name: string
  readonly kind: LayerKind
  /** Of the layer; a projection has its block's. */
  readonly id: number
  readonly input: TensorShape
  readonly output: TensorShape
  /** Of a residual block: its layers in order and, last, its projection if it needs one; empty for other layers. */
  readonly inner: readonly ShapedLayer[]
}

interface Shaped {
  readonly layers: readonly ShapedLayer[]
  /** Where a layer cannot read what the one before makes; shapes from there on are not to be relied on. */
  readonly faults: readonly FieldFault[]
}

/** Where the data are on their way through the layers. */
interface Stream {
  readonly shape: TensorShape
  /** Whether the numbers have places in an image, be it one of a single position. */
  readonly isImage: boolean
}

/**
 * Follows the data through the layers.
 * @param data shape of a sample; one of several positions is an image.
 */
export function shapeLayers(layers: readonly LayerSpec[], data: TensorShape): Shaped {
  const names = layerNames(layers)
  const faults: FieldFault[] = []
  let stream: Stream = { shape: data, isImage: positionsOf(data) > 1 }
  const shaped = layers.map((layer, index) => {
    const one = shapeLayer(layer, names[index]!, `layers.${index}`, stream)
    // What comes after the first fault would only repeat it.
    if (faults.length === 0) faults.push(...one.faults)
    stream = one.stream
    return one.shaped
  })
  return { layers: shaped, faults }
}

interface OneShaped {
  readonly shaped: ShapedLayer
  readonly stream: Stream
  readonly faults: readonly FieldFault[]
}

function shapeLayer(layer: LayerSpec, name: string, path: string, stream: Stream): OneShaped {
  if (layer.kind === 'residual') return shapeBlock(layer, name, path, stream)
  const faults = layer.kind === 'dense' || layer.kind === 'flatten' ? [] : imageFaults(layer, path, stream)
  const output = faults.length > 0 ? stream.shape : outputShape(layer, stream.shape)
  const shaped = { name, kind: layer.kind, id: layer.id, input: stream.shape, output, inner: [] }
  const keepsPlaces = layer.kind !== 'dense' && layer.kind !== 'flatten' && layer.kind !== 'globalAveragePool'
  return { shaped, stream: { shape: output, isImage: stream.isImage && keepsPlaces }, faults }
}

/** Shape of what a layer other than a block makes of a sample. */
function outputShape(layer: Exclude<LayerSpec, ResidualLayerSpec>, input: TensorShape): TensorShape {
  const { height, width, channels } = input
  switch (layer.kind) {
    case 'dense':
      return flatShape(layer.units)
    case 'flatten':
      return flatShape(elementsOf(input))
    case 'globalAveragePool':
      return flatShape(channels)
    case 'conv':
      return { ...convolutionSize(input, layer), channels: layer.channels }
    case 'transposedConv':
      return { ...transposedConvolutionSize(input, { ...layer, dilation: 1 }), channels: layer.channels }
    case 'maxPool':
    case 'averagePool':
      return pooledShape(input, layer)
    case 'upsample':
      return { height: height * layer.factor, width: width * layer.factor, channels }
  }
}

// ── residual blocks ─────────────────────────────────────────────────────────────────────────────────────────────────

function shapeBlock(block: ResidualLayerSpec, name: string, path: string, stream: Stream): OneShaped {
  const names = bodyNames(name, block.layers)
  const faults: FieldFault[] = []
  const inner: ShapedLayer[] = []
  let inside = stream
  block.layers.forEach((layer, index) => {
    const one = shapeLayer(layer, names[index]!, `${path}.layers.${index}`, inside)
    if (faults.length === 0) faults.push(...one.faults)
    inner.push(one.shaped)
    inside = one.stream
  })
  const [input, output] = [stream.shape, inside.shape]
  const { id } = block
  if (faults.length === 0 && !canProject(block, input, output)) {
    const message = `The block turns ${describeShape(input)} into ${describeShape(output)}, which its input cannot be added to. Use “same” padding in its layers.`
    faults.push({ path, message })
  }
  if (!sameShape(input, output)) {
    inner.push({ name: projectionName(name), kind: projectionKind(block), id, input, output, inner: [] })
  }
  return { shaped: { name, kind: 'residual', id, input, output, inner }, stream: inside, faults }
}

/** How far the convolutions of a block step together: the stride of its projection. */
export function blockStride({ layers }: ResidualLayerSpec): number {
  return layers.reduce((stride, layer) => stride * (layer.kind === 'conv' ? layer.stride : 1), 1)
}

function projectionKind({ layers }: ResidualLayerSpec): BodyLayerSpec['kind'] {
  return layers.some(({ kind }) => kind === 'dense') ? 'dense' : 'conv'
}

/** Whether a 1×1 convolution with the block's stride makes the input fit, or for dense blocks a dense layer. */
function canProject(block: ResidualLayerSpec, input: TensorShape, output: TensorShape): boolean {
  if (projectionKind(block) === 'dense') return true
  const size = (length: number) => Math.ceil(length / blockStride(block))
  return size(input.height) === output.height && size(input.width) === output.width
}

// ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type ImageLayer = Exclude<LayerSpec, ResidualLayerSpec | { readonly kind: 'dense' | 'flatten' }>

function imageFaults(layer: ImageLayer, path: string, { shape, isImage }: Stream): readonly FieldFault[] {
  if (!isImage) {
    const message = `This layer looks at images; what comes in are ${formatNumber(elementsOf(shape))} numbers without places. Move it before the first dense layer, use image data, or take a dense layer.`
    return [{ path, message }]
  }
  switch (layer.kind) {
    case 'conv':
      return [...kernelFaults(layer, path, shape), ...groupFaults(layer, path, shape)]
    case 'maxPool':
    case 'averagePool':
      return windowFaults(layer, path, shape)
    default:
      return []
  }
}

function kernelFaults(layer: ConvLayerSpec, path: string, shape: TensorShape): readonly FieldFault[] {
  const extent = kernelExtent(layer)
  const least = Math.min(shape.height, shape.width)
  if (layer.padding === 'same' || extent <= least) return []
  const message = `The kernel covers ${extent}×${extent} positions and its input has ${describePlaces(shape)}. Use “same” padding or a smaller kernel.`
  return [{ path: `${path}.kernel`, message }]
}

function windowFaults({ size }: PoolLayerSpec, path: string, shape: TensorShape): readonly FieldFault[] {
  if (size <= Math.min(shape.height, shape.width)) return []
  const message = `The window covers ${size}×${size} positions and its input has ${describePlaces(shape)}. Remove this layer, or one that shrinks the image before it.`
  return [{ path: `${path}.size`, message }]
}

function groupFaults(layer: ConvLayerSpec, path: string, { channels }: TensorShape): readonly FieldFault[] {
  const groups = groupsOf(layer, channels)
  if (channels % groups === 0 && layer.channels % groups === 0) return []
  if (layer.groups === 'depthwise') {
    const message = `A depthwise convolution makes as many channels of each of the ${channels} that come in, and ${layer.channels} is no multiple of ${channels}. Choose one, or 1 group.`
    return [{ path: `${path}.channels`, message }]
  }
  const whose = channels % groups === 0 ? `its ${layer.channels} channels` : `the ${channels} channels that come in`
  const message = `${groups} groups do not divide ${whose} evenly. Choose a number that divides both, as 1.`
  return [{ path: `${path}.groups`, message }]
}

/** @param channels that come in. */
export function groupsOf({ groups }: ConvLayerSpec, channels: number): number {
  return groups === 'depthwise' ? channels : groups
}

function describePlaces({ height, width }: TensorShape): string {
  return `${height}×${width}`
}

/** “8×8×16”, or “64” for a sample without positions. */
export function describeShape(shape: TensorShape): string {
  return positionsOf(shape) === 1 ? formatNumber(shape.channels) : `${describePlaces(shape)}×${shape.channels}`
}
