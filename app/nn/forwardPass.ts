import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { producerOfInput, type DenseNode, type Graph } from './graph'
import { compileDenseForward, type DenseForward } from './layers/dense'
import type { NodeParameters } from './network'
import { paddedWidth } from './padding'

/** Where a node leaves its results, [rows, out4] each. */
export interface NodeOutputs {
  /** z: the layer's own result, before the activation function. */
  readonly preactivation: BufferSlice
  /** f(z) with dropout; for the output layer the same buffer as z. */
  readonly activation: BufferSlice
}

/** Where the network is applied to a batch of a fixed number of rows. */
export interface ForwardBuffers {
  readonly rows: number
  /** [rows, in4]: fill this, then run the plan. */
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

interface ForwardOptions {
  readonly buffers: ForwardBuffers
  readonly parameters: readonly NodeParameters[]
  readonly control: BufferSlice
  /** `DropoutUniform.slice` by node. */
  readonly dropout: readonly BufferSlice[]
}

export function allocateForward(scope: BufferScope, graph: Graph, rows: number): ForwardBuffers {
  const input = matrix(scope, 'inputs', rows, graph.tensors[0]!.width)
  return { rows, input, nodes: allocateOutputs(scope, graph, rows) }
}

/** By node; passes of fewer rows may share them, one after another. */
export function allocateOutputs(scope: BufferScope, graph: Graph, rows: number): readonly NodeOutputs[] {
  return graph.nodes.map((node) => {
    const preactivation = matrix(scope, `${node.name} preactivation`, rows, node.outputs)
    if (node.isOutput) return { preactivation, activation: preactivation }
    return { preactivation, activation: matrix(scope, `${node.name} activation`, rows, node.outputs) }
  })
}

/** z of the last node, [rows, out4]. */
export function logitsOf({ nodes }: ForwardBuffers): BufferSlice {
  return nodes.at(-1)!.preactivation
}

/** Compiles and lays out a forward pass; every node reads what its input's producer wrote. */
export async function createForwardPass(
  gpu: Gpu,
  scope: BufferScope,
  graph: Graph,
  options: ForwardOptions,
): Promise<ForwardPass> {
  const { buffers } = options
  const { rows, input, nodes } = buffers
  const compiled = await Promise.all(graph.nodes.map((node) => compileNode(gpu, node, rows)))
  const scratch = wholeBuffer(scope.storage('forward scratch', largestScratch(compiled)))
  const plan = graph.nodes.flatMap((node, index) => {
    const producer = producerOfInput(graph, node)
    const { preactivation, activation } = nodes[index]!
    return compiled[index]!.dispatches(scope, {
      input: producer ? nodes[graph.nodes.indexOf(producer)]!.activation : input,
      ...options.parameters[index]!,
      preactivation,
      activation: node.isOutput ? undefined : activation,
      own: undefined,
      residual: undefined,
      control: options.control,
      dropout: options.dropout[index]!,
      scratch,
    })
  })
  const variants = Object.fromEntries(
    graph.nodes.flatMap((node, index) =>
      Object.entries(compiled[index]!.variants).map(([kernel, variant]) => [`${node.name} ${kernel}`, variant]),
    ),
  )
  return { ...buffers, plan, variants }
}

function compileNode(gpu: Gpu, node: DenseNode, rows: number): Promise<DenseForward> {
  const shape = { rows, inputs: node.inputs, outputs: node.outputs }
  const activation = node.isOutput ? undefined : node.layer.activation
  return compileDenseForward(gpu, shape, { activation, addsResidual: false })
}

/** A buffer for a matrix [rows, width] with padded rows. */
export function matrix(scope: BufferScope, label: string, rows: number, width: number): BufferSlice {
  return wholeBuffer(scope.storage(label, rows * paddedWidth(width) * 4))
}

export function largestScratch(compiled: readonly { readonly scratchBytes: number }[]): number {
  return compiled.reduce((largest, { scratchBytes }) => Math.max(largest, scratchBytes), 16)
}
