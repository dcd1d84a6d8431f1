import { positionsOf, type TensorShape } from '../experiment/tensorShape'
import type { BufferScope, BufferSlice } from '../gpu/buffers'
import type { Graph, GraphNode } from './graph'
import type { NetworkParameters } from './network'
import { paddedWidth } from './padding'

/** Bytes of what a normalisation took off and divided by, for the backward pass; 0 for other nodes. */
export function normalisationBytes({ operation }: GraphNode, shape: TensorShape, rows: number): number {
  if (operation.kind !== 'normalise') return 0
  // A mean and a factor for each channel, or for each position of each sample.
  return 8 * (operation.over === 'batch' ? paddedWidth(shape.channels) : rows * positionsOf(shape))
}

/** Mean and variance of the batch in every batch norm, laid out as their running ones. */
export interface BatchStatistics {
  /** Elements; 0 without batch norms. */
  readonly length: number
  readonly whole: BufferSlice
  /** By node, [2, channels4]; undefined for others. */
  readonly nodes: readonly (BufferSlice | undefined)[]
}

export function allocateBatchStatistics(
  scope: BufferScope,
  graph: Graph,
  { layout, nodes }: NetworkParameters,
): BatchStatistics {
  const length = layout.length - layout.trainedLength
  const buffer = scope.storage('batch statistics', length * 4)
  return {
    length,
    whole: { buffer, offset: 0, size: buffer.size },
    nodes: graph.nodes.map((_, index) => {
      const { runningMean, runningVariance } = nodes[index]!
      if (!runningMean || !runningVariance) return undefined
      const offset = runningMean.offset - layout.trainedLength * 4
      return { buffer, offset, size: runningMean.size + runningVariance.size }
    }),
  }
}
