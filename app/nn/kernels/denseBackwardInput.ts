import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import type { ProductVariant } from '../variants'
import type { DenseShape } from './denseForward'
import { DROPOUT_FIELDS } from './dropoutUniform'
import {
  INPUT_GRADIENT_BINDINGS,
  INPUT_GRADIENT_CONSTANTS,
  INPUT_GRADIENT_FIELDS,
  shareFields,
  type ShareBuffers,
} from './inputGradient'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'

const SHAPE_FIELDS = { rows: 'u32', input_quads: 'u32', ...INPUT_GRADIENT_FIELDS, output_quads: 'u32' } as const

/** A dense layer's share of the gradient in its input, dZ·Wᵀ. Twin: reference/denseBackwardInput.ts. */
export const denseBackwardInput = defineKernel({
  shader: 'nn/dense_backward_input',
  bindings: {
    outputGradient: 'read',
    weights: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, ...INPUT_GRADIENT_CONSTANTS],
})

export interface DenseBackwardInputKernel {
  readonly main: Kernel<typeof denseBackwardInput.bindings>
  readonly variant: ProductVariant
}

export interface DenseBackwardInputBuffers extends ShareBuffers {
  /** dZ [rows, out4] of this layer. */
  readonly outputGradient: BufferSlice
  /** W [in4, out4] of this layer. */
  readonly weights: BufferSlice
}

/** @param channels of the input where samples are images; a row of `inputs` is then several padded positions. */
export function denseBackwardInputDispatch(
  { main, variant }: DenseBackwardInputKernel,
  scope: BufferScope,
  { rows, inputs, outputs }: DenseShape,
  buffers: DenseBackwardInputBuffers,
  channels = inputs,
): Dispatch {
  const product = { rows, columns: inputs, inner: paddedWidth(outputs) }
  const uniform = packUniform(SHAPE_FIELDS, {
    rows,
    input_quads: paddedWidth(inputs) / 4,
    ...shareFields(channels),
    output_quads: paddedWidth(outputs) / 4,
  })
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('dense backward input', uniform)) }
  return main.dispatch(bindings, productWorkgroups(product, variant), productCost(product))
}
