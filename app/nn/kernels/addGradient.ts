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

/**
 * The share of a tensor that was added to a layer's own result. Its twin is the gradient itself, finished by
 * reference/inputGradient.ts.
 */
export const addGradient = defineKernel({
  shader: 'nn/add_gradient',
  bindings: {
    outputGradient: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: INPUT_GRADIENT_CONSTANTS,
})

export interface AddGradientBuffers extends ShareBuffers {
  /** Gradient of the loss in the sum, shaped as the tensor. */
  readonly outputGradient: BufferSlice
}

/** @param batch the tensor that was added. */
export function addGradientDispatch(
  kernel: Kernel<typeof addGradient.bindings>,
  scope: BufferScope,
  { rows, input }: TensorBatch,
  buffers: AddGradientBuffers,
): Dispatch {
  const uniform = packUniform(SHAPE_FIELDS, { rows: rows * positionsOf(input), ...shareFields(input.channels) })
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('add gradient', uniform)) }
  return kernel.dispatch(bindings, quadWorkgroups(rows, input), rows * elementsOf(input))
}
