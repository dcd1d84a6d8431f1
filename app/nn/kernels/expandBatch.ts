import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = {
  rows: 'u32',
  positions: 'u32',
  channels: 'u32',
  channel_quads: 'u32',
  sample_stride: 'u32',
} as const

/**
 * A batch as it is gathered becomes a tensor: [rows, (positions · channels)4] → [rows · positions, channels4]. Its twin
 * changes nothing: without padding both are the same numbers in the same order.
 */
export const expandBatch = defineKernel({
  shader: 'nn/expand_batch',
  bindings: { packed: 'read', output: 'read-write', shape: { uniform: SHAPE_FIELDS } },
})

export interface ExpandBatchBuffers {
  /** Inputs or targets as gathered, [rows, (positions · channels)4]. */
  readonly packed: BufferSlice
  /** [rows · positions, channels4], written. */
  readonly output: BufferSlice
}

export function expandBatchDispatch(
  kernel: Kernel<typeof expandBatch.bindings>,
  scope: BufferScope,
  { rows, input }: TensorBatch,
  buffers: ExpandBatchBuffers,
): Dispatch {
  const uniform = packUniform(SHAPE_FIELDS, {
    rows,
    positions: positionsOf(input),
    channels: input.channels,
    channel_quads: paddedWidth(input.channels) / 4,
    sample_stride: paddedWidth(elementsOf(input)),
  })
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('expand batch', uniform)) }
  return kernel.dispatch(bindings, quadWorkgroups(rows, input), rows * elementsOf(input))
}
