import { layerNames } from '../experiment/layerNames'
import type { DenseLayerSpec, LayerSpec } from '../experiment/spec'

/** What one node makes and others read: a batch of `width` features. */
interface Tensor {
  readonly width: number
  /** Node that computes it; undefined for the network's input. */
  readonly producer: number | undefined
  /** Nodes that read it, in order; their gradients are summed in this order. */
  readonly consumers: readonly number[]
}

/** A layer in its place: which tensor it reads and which it makes. */
export interface DenseNode {
  /** “hidden 1”, …, “output”. */
  readonly name: string
  readonly layer: DenseLayerSpec
  /** The output layer is linear and drops nothing: its z is the network's output. */
  readonly isOutput: boolean
  readonly input: number
  readonly output: number
  /** Width of the input tensor. */
  readonly inputs: number
  /** Width of the output tensor. */
  readonly outputs: number
}

/** A network as tensors and the nodes between them, in the order of the forward pass. */
export interface Graph {
  readonly tensors: readonly Tensor[]
  readonly nodes: readonly DenseNode[]
  /** Tensor of the network's outputs. */
  readonly output: number
}

/**
 * Lays the layers of a spec out as a graph; tensor 0 is the input.
 * @param features width of the input.
 */
export function buildGraph(layers: readonly LayerSpec[], features: number): Graph {
  const last = layers.length - 1
  const widths = [features, ...layers.map((layer) => layer.units)]
  const names = layerNames(layers.length)
  const nodes = layers.map((layer, index): DenseNode => ({
    name: names[index]!,
    layer,
    isOutput: index === last,
    input: index,
    output: index + 1,
    inputs: widths[index]!,
    outputs: layer.units,
  }))
  const tensors = widths.map((width, tensor): Tensor => ({
    width,
    producer: tensor === 0 ? undefined : tensor - 1,
    consumers: nodes.flatMap((node, index) => (node.input === tensor ? [index] : [])),
  }))
  return { tensors, nodes, output: layers.length }
}

/** The node that makes the input of `node`; undefined where it reads the network's input. */
export function producerOfInput(graph: Graph, node: DenseNode): DenseNode | undefined {
  const producer = graph.tensors[node.input]!.producer
  return producer === undefined ? undefined : graph.nodes[producer]
}
