import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Dispatch, Plan } from '../gpu/plan'
import { batchTensor, largestScratch, namedVariants, placeOf, tensorBuffer, type ForwardBuffers } from './forwardPass'
import type { Graph, GraphNode } from './graph'
import type { ShareBuffers, ShareForm } from './kernels/inputGradient'
import type { NodeSlices } from './network'
import { compileAddGradient } from './layers/addGradient'
import { compileNodeBackward } from './nodeBackward'

/** From the gradient of the logits to the gradient of every parameter. */
export interface BackwardPass {
  readonly plan: Plan
  /** By node: kernels and their variants. */
  readonly variants: Readonly<Record<string, string>>
}

interface BackwardOptions {
  readonly forward: ForwardBuffers
  /** dL/dz by node, [samples · positions, channels4]; that of the last node is filled by the loss. */
  readonly preactivationGradients: readonly BufferSlice[]
  /** By node. */
  readonly parameters: readonly NodeSlices[]
  /** Where the gradients of each node's arrays go. */
  readonly gradients: readonly NodeSlices[]
  readonly control: BufferSlice
  /** `DropoutUniform.slice` by node. */
  readonly dropout: readonly BufferSlice[]
  /** One that drops none. */
  readonly noDropout: BufferSlice
}

export async function createBackwardPass(
  gpu: Gpu,
  scope: BufferScope,
  graph: Graph,
  options: BackwardOptions,
): Promise<BackwardPass> {
  const { forward, preactivationGradients, parameters, gradients } = options
  const compiled = await Promise.all(
    graph.nodes.map((node, index) =>
      compileNodeBackward(gpu, placeOf(graph, node, forward.rows), shareForm(graph, node.input, index)),
    ),
  )
  const residuals = await Promise.all(
    graph.nodes.map((node, index) => compileResidual(gpu, graph, node, index, forward.rows)),
  )
  const scratch = wholeBuffer(scope.storage('backward scratch', largestScratch(compiled)))
  const dispatchNode = (index: number): Dispatch[] => {
    const node = graph.nodes[index]!
    const outputGradient = preactivationGradients[index]!
    const dispatches = compiled[index]!.dispatches(scope, {
      input: tensorBuffer(graph, forward, node.input),
      output: forward.nodes[index]!.preactivation,
      outputGradient,
      arrays: parameters[index]!,
      gradients: gradients[index]!,
      statistics: forward.nodes[index]!.statistics,
      scratch,
      share: shareBuffers(graph, node.input, index, options),
    })
    const bypass = node.residual === undefined ? undefined : shareBuffers(graph, node.residual, index, options)
    return bypass ? [...residuals[index]!.dispatches(scope, { ...bypass, outputGradient }), ...dispatches] : dispatches
  }
  return {
    plan: [...graph.nodes.keys()].toReversed().flatMap(dispatchNode),
    variants: namedVariants(graph, compiled),
  }
}

/** The half that hands a node's gradient on to the tensor that was added to its result. */
async function compileResidual(gpu: Gpu, graph: Graph, { residual }: GraphNode, index: number, rows: number) {
  const share = residual === undefined ? undefined : shareForm(graph, residual, index)
  if (residual === undefined || !share) return undefined
  return compileAddGradient(gpu, { rows, input: graph.tensors[residual]!.shape }, share)
}

/**
 * How a node's share of the gradient in a tensor joins the others: nodes go from last to first, so the tensor's last
 * reader leaves the first share. Undefined where the tensor is the network's input.
 */
function shareForm(graph: Graph, tensor: number, node: number): ShareForm | undefined {
  const { producer, consumers } = graph.tensors[tensor]!
  if (producer === undefined) return undefined
  const isLastShare = consumers[0] === node
  return {
    activation: isLastShare ? (graph.nodes[producer]!.activation ?? 'linear') : 'linear',
    accumulates: consumers.at(-1) !== node,
  }
}

function shareBuffers(graph: Graph, tensor: number, node: number, options: BackwardOptions): ShareBuffers | undefined {
  const { producer, consumers } = graph.tensors[tensor]!
  if (producer === undefined) return undefined
  return {
    preactivation: options.forward.nodes[producer]!.preactivation,
    inputGradient: options.preactivationGradients[producer]!,
    control: options.control,
    dropout: consumers[0] === node ? options.dropout[producer]! : options.noDropout,
  }
}

/** Buffers for dL/dz of every node. */
export function allocatePreactivationGradients(scope: BufferScope, graph: Graph, rows: number): readonly BufferSlice[] {
  return graph.nodes.map(({ name, output }) =>
    batchTensor(scope, `${name} gradient`, rows, graph.tensors[output]!.shape),
  )
}
