import type { BufferScope, BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { ArrayRole, Graph, GraphNode } from './graph'
import { arraysOf, layoutParameters, type ParameterLayout } from './parameters'

/** Slices of a flat buffer that belong to one node. */
export type NodeSlices = Readonly<Partial<Record<ArrayRole, BufferSlice>>>

/** All arrays of a network in one flat buffer. */
export interface NetworkParameters {
  readonly layout: ParameterLayout
  readonly buffer: GPUBuffer
  readonly nodes: readonly NodeSlices[]
}

export function allocateParameters(gpu: Gpu, scope: BufferScope, graph: Graph): NetworkParameters {
  const layout = layoutParameters(arraysOf(graph), gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storage('parameters', layout.length * 4)
  return { layout, buffer, nodes: sliceNodes(buffer, graph.nodes, layout) }
}

/** The slices of each node in any flat buffer of this layout: parameters or gradients. */
export function sliceNodes(
  buffer: GPUBuffer,
  nodes: readonly GraphNode[],
  { ranges }: ParameterLayout,
): readonly NodeSlices[] {
  let next = 0
  return nodes.map(({ arrays }): NodeSlices => {
    return Object.fromEntries(arrays.map(({ role }) => [role, { buffer, ...ranges[next++]! }]))
  })
}

/** Running mean and variance of a batch norm, [2, channels4]. */
export function runningSlice(slices: NodeSlices): BufferSlice {
  const { buffer, offset, size } = sliceOf(slices, 'runningMean')
  return { buffer, offset, size: size + sliceOf(slices, 'runningVariance').size }
}

/** A slice that a node of its kind has. */
export function sliceOf(slices: NodeSlices, role: ArrayRole): BufferSlice {
  const slice = slices[role]
  if (!slice) throw new Error(`the node has no ${role}`)
  return slice
}
