import { positionsOf } from '../../experiment/tensorShape'
import { producerOf, type Graph, type GraphNode } from '../graph'
import type { ChannelStatistics } from './batchNorm'
import type { Dropout } from './dropout'
import type { FlatParameters, NodeViews } from './flatParameters'
import { inputGradient } from './inputGradient'
import { layerOutput, type LayerOutputs } from './layerOutput'
import type { Matrix } from './matrix'
import { applyBackward, applyForward } from './operations'

/** What a node makes of a batch, [samples · positions, channels] each. */
export interface NodeOutputs extends LayerOutputs {
  /** What a batch norm learns of the batch in training. */
  readonly learnt?: ChannelStatistics
}

/** How a batch goes through the network. */
export interface PassMode {
  /** Whether normalisations go by the batch; in evaluation they go by what they saw in training. */
  readonly training: boolean
  /** By node; undefined, or missing as in evaluation, where nothing is dropped. */
  readonly dropout: readonly (Dropout | undefined)[]
}

const EVALUATION: PassMode = { training: false, dropout: [] }

/**
 * Applies all nodes.
 * @param inputs [samples, features].
 * @returns by node; of the last, which is linear and drops nothing, all are the network's outputs.
 */
export function runForward(
  graph: Graph,
  parameters: FlatParameters,
  inputs: Matrix,
  mode = EVALUATION,
): readonly NodeOutputs[] {
  const outputs: NodeOutputs[] = []
  graph.nodes.forEach((node, index) => {
    const views = parameters.nodes[index]!
    const { own, ...learnt } = applyForward(graph, node, views, readTensor(graph, node.input, inputs, outputs), mode)
    const rule = {
      activation: node.activation ?? 'linear',
      dropout: mode.dropout[index],
      residual: node.residual === undefined ? undefined : readTensor(graph, node.residual, inputs, outputs),
    }
    outputs.push({ ...layerOutput(own, rule), ...learnt })
  })
  return outputs
}

/** A tensor of a batch, [samples · positions, channels]. */
function readTensor(graph: Graph, tensor: number, inputs: Matrix, outputs: readonly NodeOutputs[]): Matrix {
  const { producer, shape } = graph.tensors[tensor]!
  if (producer !== undefined) return outputs[producer]!.activation
  return { rows: inputs.rows * positionsOf(shape), columns: shape.channels, values: inputs.values }
}

/**
 * Gradient of the loss in all parameters.
 * @param outputs of `runForward` with the same inputs and mode.
 * @param logitsGradient dL/dz of the last node.
 * @param gradients receives the result.
 */
export function runBackward(
  graph: Graph,
  parameters: FlatParameters,
  inputs: Matrix,
  outputs: readonly NodeOutputs[],
  logitsGradient: Matrix,
  gradients: FlatParameters,
  mode: PassMode,
): void {
  const shares = graph.tensors.map((): Matrix[] => [])
  for (let index = graph.nodes.length - 1; index >= 0; index--) {
    const node = graph.nodes[index]!
    const outputGradient =
      index === graph.nodes.length - 1
        ? logitsGradient
        : inputGradient(shares[node.output]!, {
            preactivation: outputs[index]!.preactivation,
            activation: node.activation ?? 'linear',
            dropout: mode.dropout[index],
          })
    const needsShare = producerOf(graph, node.input) !== undefined
    const input = readTensor(graph, node.input, inputs, outputs)
    const place = { views: parameters.nodes[index]!, input, needsShare }
    const { share, arrays } = applyBackward(graph, node, place, outputGradient)
    writeGradients(gradients.nodes[index]!, node, arrays)
    if (share) shares[node.input]!.push(share)
    if (node.residual !== undefined) shares[node.residual]!.push(outputGradient)
  }
}

function writeGradients(views: NodeViews, node: GraphNode, gradients: Readonly<Partial<Record<string, Float64Array>>>) {
  for (const { role } of node.arrays) {
    const gradient = gradients[role]
    if (gradient) views[role]!.values.set(gradient)
  }
}
