import type { ConvolutionGeometry } from '../experiment/convolution'
import type { Activation } from '../experiment/spec'
import type { TensorShape } from '../experiment/tensorShape'

/** What a node computes of its input, before residual, activation function and dropout. */
export type Operation =
  | { readonly kind: 'dense' }
  | { readonly kind: 'conv' | 'transposedConv'; readonly geometry: ConvolutionGeometry; readonly groups: number }
  | { readonly kind: 'maxPool' | 'averagePool'; readonly size: number; readonly stride: number }
  | { readonly kind: 'globalAveragePool' }
  | { readonly kind: 'upsample'; readonly factor: number }
  | { readonly kind: 'normalise'; readonly over: 'batch' | 'layer' }
  /** Nothing: an activation function by itself. */
  | { readonly kind: 'pass' }
  /** Gives the channels of the network's packed input their padding. */
  | { readonly kind: 'expand' }

/** What one node makes and others read. */
export interface Tensor {
  readonly shape: TensorShape
  /** The network's input: a sample's numbers lie without gaps. In all others each position is padded to whole quads. */
  readonly isPacked: boolean
  /** Node that computes it; undefined for the network's input. */
  readonly producer: number | undefined
  /** Nodes that read it, in order; their gradients are summed in the opposite order. */
  readonly consumers: readonly number[]
}

/** Dropout behind a node. */
export interface NodeDropout {
  /** Id of the layer: masks are keyed by it. */
  readonly layer: number
  readonly rate: number
  /** Positions that share their mask: all of an image where channels are dropped whole, else 1. */
  readonly rowsPerMask: number
}

export type ArrayRole = 'weights' | 'bias' | 'scale' | 'shift' | 'runningMean' | 'runningVariance'

/** An array of numbers that belongs to a node. They lie as [blocks, rows, columns], in PyTorch in the opposite order. */
export interface ArrayShape {
  readonly role: ArrayRole
  /** Of a convolution its taps, of a dense layer on images their positions; 1 for others. */
  readonly blocks: number
  readonly rows: number
  readonly columns: number
  /** Rows of a block on the GPU, where the padding of the input's channels has rows, too. */
  readonly blockStride: number
  /** In PyTorch: “0.weight” [out, in], “2.bias” [out]. */
  readonly torch: { readonly name: string; readonly shape: readonly number[] }
}

/** An operation in its place: which tensors it reads and which it makes. */
export interface GraphNode {
  /** Of the layer it belongs to: “conv 1”, “block 1 conv 2”, “output”. */
  readonly name: string
  readonly operation: Operation
  /** Random numbers of the node's arrays are keyed by it. */
  readonly layerId: number
  readonly input: number
  /** Tensor that is added to the node's own result; undefined for none. */
  readonly residual: number | undefined
  readonly output: number
  /** Undefined where the activation is the preactivation: no function and no dropout. */
  readonly activation: Activation | undefined
  readonly dropout: NodeDropout | undefined
  /** Terms of a sum, and sums that a number enters: what initial weights are scaled by; 0 without weights. */
  readonly fanIn: number
  readonly fanOut: number
  readonly arrays: readonly ArrayShape[]
}

/** A layer with weights, whose output can be measured. */
export interface MeasuredNode {
  readonly name: string
  readonly kind: 'dense' | 'conv' | 'transposedConv'
  /** Node of the layer's own result. */
  readonly own: number
  /** Node of its activations: the same, or that of its normalisation. */
  readonly final: number
}

/** A network as tensors and the nodes between them, in the order of the forward pass. */
export interface Graph {
  readonly tensors: readonly Tensor[]
  readonly nodes: readonly GraphNode[]
  /** Tensor of the network's outputs; the last node makes it. */
  readonly output: number
  readonly measured: readonly MeasuredNode[]
}

/** The node that makes a tensor; undefined for the network's input. */
export function producerOf(graph: Graph, tensor: number): GraphNode | undefined {
  const { producer } = graph.tensors[tensor]!
  return producer === undefined ? undefined : graph.nodes[producer]
}
