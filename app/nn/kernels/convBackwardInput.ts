import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import type { ProductVariant } from '../variants'
import {
  CONVOLUTION_CONSTANTS,
  CONVOLUTION_FIELDS,
  convolutionFields,
  mapProduct,
  type ConvolutionMap,
} from './convolutionMap'
import { DROPOUT_FIELDS } from './dropoutUniform'
import {
  INPUT_GRADIENT_BINDINGS,
  INPUT_GRADIENT_CONSTANTS,
  INPUT_GRADIENT_FIELDS,
  shareFields,
  type ShareBuffers,
} from './inputGradient'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'

/**
 * A convolution's share of the gradient in its input, the adjoint of the convolution; without ADJOINT that of a transposed
 * convolution. Twins: reference/convBackwardInput.ts, reference/convForward.ts.
 */
export const convBackwardInput = defineKernel({
  shader: 'nn/conv_backward_input',
  bindings: {
    outputGradient: 'read',
    weights: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: INPUT_GRADIENT_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
    convolution: { uniform: CONVOLUTION_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, ...CONVOLUTION_CONSTANTS, ...INPUT_GRADIENT_CONSTANTS],
})

export interface ConvBackwardInputKernel {
  readonly main: Kernel<typeof convBackwardInput.bindings>
  readonly variant: ProductVariant
}

export interface ConvBackwardInputBuffers extends ShareBuffers {
  /** dZ [samples·height·width, out4] of this layer. */
  readonly outputGradient: BufferSlice
  /** W [taps·in4, out4] of this layer; [taps·out4, in4] of a transposed convolution. */
  readonly weights: BufferSlice
}

/** @param map from the gradient in the layer's output to that in its input. */
export function convBackwardInputDispatch(
  { main, variant }: ConvBackwardInputKernel,
  scope: BufferScope,
  map: ConvolutionMap,
  buffers: ConvBackwardInputBuffers,
): Dispatch {
  const { channels } = map.adjoint ? map.input : map.output
  const shape = packUniform(INPUT_GRADIENT_FIELDS, shareFields(channels))
  const convolution = packUniform(CONVOLUTION_FIELDS, convolutionFields(map))
  const bindings = {
    ...buffers,
    shape: wholeBuffer(scope.uniform('conv backward input', shape)),
    convolution: wholeBuffer(scope.uniform('conv backward input', convolution)),
  }
  const product = mapProduct(map)
  return main.dispatch(bindings, productWorkgroups(product, variant), productCost(product))
}
