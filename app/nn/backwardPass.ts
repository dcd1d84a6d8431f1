import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { largestScratch, matrix, type ForwardBuffers } from './forwardPass'
import { producerOfInput, type DenseNode, type Graph } from './graph'
import { compileDenseBackward } from './layers/dense'
import type { NodeParameters } from './network'

/** From the gradient of the logits to the gradient of every parameter. */
export interface BackwardPass {
  readonly plan: Plan
  /** By node: kernels and their variants. */
  readonly variants: Readonly<Record<string, string>>
}

interface BackwardOptions {
  readonly forward: ForwardBuffers
  /** dL/dz by node, [rows, out4]; that of the last node is filled by the loss. */
  readonly preactivationGradients: readonly BufferSlice[]
  readonly parameters: readonly NodeParameters[]
  /** Where dW and db of each node go. */
  readonly gradients: readonly NodeParameters[]
  readonly control: BufferSlice
  /** `DropoutUniform.slice` by node. */
  readonly dropout: readonly BufferSlice[]
}

export async function createBackwardPass(
  gpu: Gpu,
  scope: BufferScope,
  graph: Graph,
  options: BackwardOptions,
): Promise<BackwardPass> {
  const { forward, preactivationGradients, parameters, gradients, control, dropout } = options
  const compiled = await Promise.all(
    graph.nodes.map((node) => {
      const shape = { rows: forward.rows, inputs: node.inputs, outputs: node.outputs }
      const activation = producerOfInput(graph, node)?.layer.activation
      return compileDenseBackward(gpu, shape, activation && { activation, accumulates: false })
    }),
  )
  const scratch = wholeBuffer(scope.storage('backward scratch', largestScratch(compiled)))
  const dispatchNode = (node: DenseNode, index: number): Plan => {
    const before = graph.tensors[node.input]!.producer
    return compiled[index]!.dispatches(scope, {
      input: before === undefined ? forward.input : forward.nodes[before]!.activation,
      outputGradient: preactivationGradients[index]!,
      weightGradient: gradients[index]!.weights,
      biasGradient: gradients[index]!.bias,
      scratch,
      share:
        before === undefined
          ? undefined
          : {
              weights: parameters[index]!.weights,
              preactivation: forward.nodes[before]!.preactivation,
              inputGradient: preactivationGradients[before]!,
              control,
              dropout: dropout[before]!,
            },
    })
  }
  return {
    plan: graph.nodes.map(dispatchNode).toReversed().flat(),
    variants: Object.fromEntries(
      graph.nodes.flatMap((node, index) =>
        Object.entries(compiled[index]!.variants).map(([kernel, variant]) => [`${node.name} ${kernel}`, variant]),
      ),
    ),
  }
}

/** Buffers for dL/dz of every node. */
export function allocatePreactivationGradients(scope: BufferScope, graph: Graph, rows: number): readonly BufferSlice[] {
  return graph.nodes.map((node) => matrix(scope, `${node.name} gradient`, rows, node.outputs))
}
