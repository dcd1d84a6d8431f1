import type { BufferScope, BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Graph } from './graph'
import { layoutParameters, type ParameterLayout } from './parameters'

/** Slices of the flat parameter buffer that belong to one node. */
export interface NodeParameters {
  /** W [in4, out4]. */
  readonly weights: BufferSlice
  /** b [out4]. */
  readonly bias: BufferSlice
}

/** All weights and biases of a network in one flat buffer. */
export interface NetworkParameters {
  readonly layout: ParameterLayout
  readonly buffer: GPUBuffer
  readonly nodes: readonly NodeParameters[]
}

export function allocateParameters(gpu: Gpu, scope: BufferScope, graph: Graph): NetworkParameters {
  const layout = layoutParameters(graph.nodes, gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storage('parameters', layout.length * 4)
  return { layout, buffer, nodes: sliceNodes(buffer, layout) }
}

/** The slices of each node in any flat buffer of this layout: parameters or gradients. */
export function sliceNodes(buffer: GPUBuffer, layout: ParameterLayout): readonly NodeParameters[] {
  return layout.layers.map(({ weights, bias }) => ({
    weights: { buffer, offset: weights.offset, size: weights.size },
    bias: { buffer, offset: bias.offset, size: bias.size },
  }))
}
