import { blockStride, groupsOf, type ShapedLayer } from '../experiment/layerShapes'
import type { BodyLayerSpec, ConvLayerSpec, LayerSpec, ResidualLayerSpec, WeightedLayerSpec } from '../experiment/spec'
import { positionsOf, type TensorShape } from '../experiment/tensorShape'
import type { NodeDropout, Operation } from './graph'
import { convArrays, denseArrays, transposedArrays } from './layerArrays'

// What single layers of a spec are as nodes of a graph.

/** Numbers modules in the order of an nn.Sequential. */
export class ModuleCounter {
  readonly #prefix: string
  #next = 0

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  next(): string {
    return `${this.#prefix}${this.#next++}`
  }
}

export function dropoutOf(layer: WeightedLayerSpec, shape: TensorShape): NodeDropout {
  const dropsChannels = layer.kind !== 'dense' && layer.dropped === 'channels'
  return { layer: layer.id, rate: layer.dropout, rowsPerMask: dropsChannels ? positionsOf(shape) : 1 }
}

/** A weighted layer's operation and arrays. */
export function weigh(
  layer: WeightedLayerSpec,
  input: TensorShape,
  output: TensorShape,
  isPacked: boolean,
  path: string,
) {
  switch (layer.kind) {
    case 'dense':
      return { operation: { kind: 'dense' }, ...denseArrays(input, output.channels, isPacked, path) } as const
    case 'conv': {
      const groups = groupsOf(layer, input.channels)
      const operation = { kind: 'conv', geometry: layer, groups } as const
      return { operation, ...convArrays(layer, groups, input.channels, isPacked, path) }
    }
    case 'transposedConv': {
      const geometry = { ...layer, dilation: 1 }
      const operation = { kind: 'transposedConv', geometry, groups: 1 } as const
      return { operation, ...transposedArrays(geometry, input.channels, layer.channels, path) }
    }
  }
}

type UnweightedLayer = Exclude<LayerSpec, WeightedLayerSpec | ResidualLayerSpec | { readonly kind: 'flatten' }>

export function unweighted(layer: UnweightedLayer): { readonly operation: Operation; readonly layerId: number } {
  const { id: layerId } = layer
  switch (layer.kind) {
    case 'maxPool':
    case 'averagePool':
      return { operation: { kind: layer.kind, size: layer.size, stride: layer.stride }, layerId }
    case 'upsample':
      return { operation: { kind: 'upsample', factor: layer.factor }, layerId }
    case 'globalAveragePool':
      return { operation: { kind: 'globalAveragePool' }, layerId }
  }
}

/** The layer that makes a block's input fit its result; keyed by the block's id. */
export function projectionLayer(
  block: ResidualLayerSpec,
  { kind, output }: ShapedLayer,
  normalisation: WeightedLayerSpec['normalisation'],
): BodyLayerSpec {
  const common = { id: block.id, normalisation, activation: 'linear', dropout: 0 } as const
  if (kind === 'dense') return { ...common, kind, units: output.channels }
  const conv: ConvLayerSpec = {
    ...common,
    kind: 'conv',
    channels: output.channels,
    kernel: 1,
    stride: blockStride(block),
    padding: 'same',
    dilation: 1,
    groups: 1,
    dropped: 'channels',
  }
  return conv
}
