import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { DROPOUT_FIELDS } from './dropoutUniform'
import {
  INPUT_GRADIENT_BINDINGS,
  INPUT_GRADIENT_CONSTANTS,
  INPUT_GRADIENT_FIELDS,
  shareFields,
  type ShareBuffers,
} from './inputGradient'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = { rows: 'u32', ...INPUT_GRADIENT_FIELDS } as const

/** A batch norm's share of the gradient in its input. Twin: reference/batchNorm.ts. */
export const batchNormBackward = defineKernel({
  shader: 'nn/batch_norm_backward',
  bindings: {
    input: 'read',
    outputGradient: 'read',
    statistics: 'read',
    scale: 'read',
    sums: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: INPUT_GRADIENT_CONSTANTS,
})

export interface BatchNormBackwardBuffers extends ShareBuffers {
  /** x [rows, channels4]. */
  readonly input: BufferSlice
  /** dy [rows, channels4]. */
  readonly outputGradient: BufferSlice
  /** [2, channels4]: mean and 1/√(variance + ε) of the batch. */
  readonly statistics: BufferSlice
  /** γ [channels4]. */
  readonly scale: BufferSlice
  /** Begins with dβ and dγ, [2, channels4]. */
  readonly sums: BufferSlice
}

export function batchNormBackwardDispatch(
  kernel: Kernel<typeof batchNormBackward.bindings>,
  scope: BufferScope,
  { rows, input }: TensorBatch,
  buffers: BatchNormBackwardBuffers,
): Dispatch {
  const uniform = packUniform(SHAPE_FIELDS, { rows: rows * positionsOf(input), ...shareFields(input.channels) })
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('batch norm backward', uniform)) }
  return kernel.dispatch(bindings, quadWorkgroups(rows, input), rows * elementsOf(input) * 8)
}
