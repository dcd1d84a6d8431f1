import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import type { ProductVariant } from '../variants'
import type { DenseShape } from './denseForward'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'

const SHAPE_FIELDS = { rows: 'u32', inputs: 'u32', input_quads: 'u32', output_quads: 'u32' } as const

/** (dZ·Wᵀ) · f′(z_previous) · mask. ACTIVATION is the previous layer's. Twin: reference/denseBackwardInput.ts. */
export const denseBackwardInput = defineKernel({
  shader: 'nn/dense_backward_input',
  bindings: {
    outputGradient: 'read',
    weights: 'read',
    preactivation: 'read',
    inputGradient: 'read-write',
    control: 'read',
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, 'ACTIVATION'],
})

export interface DenseBackwardInputKernel {
  readonly main: Kernel<typeof denseBackwardInput.bindings>
  readonly variant: ProductVariant
}

export interface DenseBackwardInputBuffers {
  /** dZ [rows, out4] of this layer. */
  readonly outputGradient: BufferSlice
  /** W [in4, out4] of this layer. */
  readonly weights: BufferSlice
  /** z [rows, in4] of the previous layer. */
  readonly previousPreactivation: BufferSlice
  /** dZ [rows, in4] of the previous layer, written. */
  readonly inputGradient: BufferSlice
  readonly control: BufferSlice
  /** `DropoutUniform.slice` of the previous layer. */
  readonly previousDropout: BufferSlice
}

export function denseBackwardInputDispatch(
  { main, variant }: DenseBackwardInputKernel,
  scope: BufferScope,
  { rows, inputs, outputs }: DenseShape,
  buffers: DenseBackwardInputBuffers,
): Dispatch {
  const product = { rows, columns: inputs, inner: paddedWidth(outputs) }
  const uniform = packUniform(SHAPE_FIELDS, {
    rows,
    inputs,
    input_quads: paddedWidth(inputs) / 4,
    output_quads: paddedWidth(outputs) / 4,
  })
  const bindings = {
    outputGradient: buffers.outputGradient,
    weights: buffers.weights,
    preactivation: buffers.previousPreactivation,
    inputGradient: buffers.inputGradient,
    control: buffers.control,
    shape: wholeBuffer(scope.uniform('dense backward input', uniform)),
    dropout: buffers.previousDropout,
  }
  return main.dispatch(bindings, productWorkgroups(product, variant), productCost(product))
}
