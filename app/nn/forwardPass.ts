import { elementsOf, positionsOf, type TensorShape } from '../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import type { Graph, GraphNode } from './graph'
import type { NodeSlices } from './network'
import { compileNodeForward } from './nodeForward'
import { normalisationBytes, type BatchStatistics } from './nodeStatistics'
import { paddedWidth } from './padding'

/** Where a node leaves its results, [samples · positions, channels4] each. */
export interface NodeOutputs {
  /** The node's own result, before a residual is added to it; the same buffer as z where none is. */
  readonly own: BufferSlice
  /** z: what the activation function is applied to. */
  readonly preactivation: BufferSlice
  /** f(z) with dropout; the same buffer as z where there is neither. */
  readonly activation: BufferSlice
  /** What a normalisation took off and divided by, for the backward pass; undefined for others. */
  readonly statistics: BufferSlice | undefined
}

/** Where the network is applied to a batch of a fixed number of samples. */
export interface ForwardBuffers {
  readonly rows: number
  /** [rows, in4], packed: fill this, then run the plan. */
  readonly input: BufferSlice
  /** By node. */
  readonly nodes: readonly NodeOutputs[]
}

/** The network applied to a batch. */
export interface ForwardPass extends ForwardBuffers {
  readonly plan: Plan
  /** Kernel variants by node and kernel. */
  readonly variants: Readonly<Record<string, string>>
}

/** `training`: normalisations go by the batch; `evaluation`: by what they saw in training. */
export type ForwardMode = 'training' | 'evaluation'

interface ForwardOptions {
  readonly mode: ForwardMode
  readonly buffers: ForwardBuffers
  /** By node. */
  readonly parameters: readonly NodeSlices[]
  readonly control: BufferSlice
  /** `DropoutUniform.slice` by node. */
  readonly dropout: readonly BufferSlice[]
  /** Where batch norms leave what they see in training. */
  readonly batchStatistics?: BatchStatistics
}

export function allocateForward(scope: BufferScope, graph: Graph, rows: number): ForwardBuffers {
  const input = matrix(scope, 'inputs', rows, elementsOf(graph.tensors[0]!.shape))
  return { rows, input, nodes: allocateOutputs(scope, graph, rows) }
}

/** By node; passes of fewer rows may share them, one after another. */
export function allocateOutputs(scope: BufferScope, graph: Graph, rows: number): readonly NodeOutputs[] {
  return graph.nodes.map((node) => {
    const { shape } = graph.tensors[node.output]!
    const allocate = (what: string) => batchTensor(scope, `${node.name} ${what}`, rows, shape)
    const preactivation = allocate('preactivation')
    const bytes = normalisationBytes(node, shape, rows)
    return {
      own: node.residual === undefined ? preactivation : allocate('own result'),
      preactivation,
      activation: node.activation === undefined ? preactivation : allocate('activation'),
      statistics: bytes > 0 ? wholeBuffer(scope.storage(`${node.name} statistics`, bytes)) : undefined,
    }
  })
}

/** z of the last node, [rows, out4]. */
export function logitsOf({ nodes }: ForwardBuffers): BufferSlice {
  return nodes.at(-1)!.preactivation
}

/** What a tensor holds of a batch: the input, or the activations of the node that makes it. */
export function tensorBuffer(graph: Graph, { input, nodes }: ForwardBuffers, tensor: number): BufferSlice {
  const { producer } = graph.tensors[tensor]!
  return producer === undefined ? input : nodes[producer]!.activation
}

/** Compiles and lays out a forward pass; every node reads what its input's producer wrote. */
export async function createForwardPass(
  gpu: Gpu,
  scope: BufferScope,
  graph: Graph,
  options: ForwardOptions,
): Promise<ForwardPass> {
  const { buffers, mode } = options
  const compiled = await Promise.all(
    graph.nodes.map((node) => compileNodeForward(gpu, placeOf(graph, node, buffers.rows), mode)),
  )
  const scratch = wholeBuffer(scope.storage('forward scratch', largestScratch(compiled)))
  const plan = graph.nodes.flatMap((node, index) => {
    const { own, preactivation, activation, statistics } = buffers.nodes[index]!
    return compiled[index]!.dispatches(scope, {
      input: tensorBuffer(graph, buffers, node.input),
      arrays: options.parameters[index]!,
      own: node.residual === undefined ? undefined : own,
      residual: node.residual === undefined ? undefined : tensorBuffer(graph, buffers, node.residual),
      preactivation,
      activation: node.activation === undefined ? undefined : activation,
      statistics,
      batchStatistics: options.batchStatistics?.nodes[index],
      control: options.control,
      dropout: options.dropout[index]!,
      scratch,
    })
  })
  return { ...buffers, plan, variants: namedVariants(graph, compiled) }
}

/** A node with the shapes it works on. */
export interface NodePlace {
  readonly node: GraphNode
  /** Samples. */
  readonly rows: number
  readonly input: TensorShape
  readonly output: TensorShape
  /** The input is the network's, without gaps between positions. */
  readonly packedInput: boolean
}

export function placeOf({ tensors }: Graph, node: GraphNode, rows: number): NodePlace {
  const { shape: input, isPacked: packedInput } = tensors[node.input]!
  return { node, rows, input, output: tensors[node.output]!.shape, packedInput }
}

/** “hidden 1 forward”: “tiles of 8” */
export function namedVariants(
  graph: Graph,
  compiled: readonly { readonly variants: Readonly<Record<string, string>> }[],
): Record<string, string> {
  return Object.fromEntries(
    graph.nodes.flatMap((node, index) =>
      Object.entries(compiled[index]!.variants).map(([kernel, variant]) => [`${node.name} ${kernel}`, variant]),
    ),
  )
}

/** A buffer for a matrix [rows, width] with padded rows. */
export function matrix(scope: BufferScope, label: string, rows: number, width: number): BufferSlice {
  return wholeBuffer(scope.storage(label, rows * paddedWidth(width) * 4))
}

/** A buffer for a batch of samples of this shape, every position padded. */
export function batchTensor(scope: BufferScope, label: string, rows: number, shape: TensorShape): BufferSlice {
  return matrix(scope, label, rows * positionsOf(shape), shape.channels)
}

export function largestScratch(compiled: readonly { readonly scratchBytes: number }[]): number {
  return compiled.reduce((largest, { scratchBytes }) => Math.max(largest, scratchBytes), 16)
}
