import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { innerPerSplit, type ProductVariant } from '../variants'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { bindOutput, OUTPUT_BINDINGS, OUTPUT_CONSTANTS, type OutputBuffers } from './layerOutput'
import { layerOutputFinishDispatch, splitOutputBytes, type layerOutputFinish } from './layerOutputFinish'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'

const SHAPE_FIELDS = {
  rows: 'u32',
  input_quads: 'u32',
  outputs: 'u32',
  output_quads: 'u32',
  inner_per_split: 'u32',
} as const

/** z = x·W + b (+ residual) and a = f(z) · mask, or with SPLIT partial sums of x·W. Twin: reference/denseForward.ts. */
export const denseForward = defineKernel({
  shader: 'nn/dense_forward',
  bindings: {
    input: 'read',
    weights: 'read',
    bias: 'read',
    ...OUTPUT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, ...OUTPUT_CONSTANTS, 'SPLIT'],
})

export interface DenseForwardKernels {
  readonly main: Kernel<typeof denseForward.bindings>
  /** Only where the variant has splits. */
  readonly finish: Kernel<typeof layerOutputFinish.bindings> | undefined
  readonly variant: ProductVariant
}

/** Rows of the batch and widths without padding. */
export interface DenseShape {
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
}

export interface DenseForwardBuffers extends OutputBuffers {
  /** x [rows, in4]. */
  readonly input: BufferSlice
  /** W [in4, out4]. */
  readonly weights: BufferSlice
  /** b [out4]. */
  readonly bias: BufferSlice
  /** At least `denseForwardScratchBytes`; may be shared by all layers. */
  readonly scratch: BufferSlice
}

/** Bytes of the partial sums; 0 without splits. */
export function denseForwardScratchBytes({ rows, outputs }: DenseShape, { splits }: ProductVariant): number {
  return splitOutputBytes({ rows, outputs, splits })
}

/** One dispatch, or two with splits. */
export function denseForwardDispatches(
  kernels: DenseForwardKernels,
  scope: BufferScope,
  shape: DenseShape,
  buffers: DenseForwardBuffers,
): Dispatch[] {
  const { rows, inputs, outputs } = shape
  const { main, finish, variant } = kernels
  const { input, weights, bias, scratch } = buffers
  const output = bindOutput(scope, buffers)
  const product = { rows, columns: outputs, inner: paddedWidth(inputs) }
  const uniform = packUniform(SHAPE_FIELDS, {
    rows,
    input_quads: paddedWidth(inputs) / 4,
    outputs,
    output_quads: paddedWidth(outputs) / 4,
    inner_per_split: innerPerSplit(product.inner, variant),
  })
  const multiply = main.dispatch(
    {
      input,
      weights,
      bias,
      ...output,
      preactivation: finish ? scratch : output.preactivation,
      shape: wholeBuffer(scope.uniform('dense forward', uniform)),
    },
    productWorkgroups(product, variant),
    productCost(product),
  )
  if (!finish) return [multiply]
  return [multiply, layerOutputFinishDispatch(finish, scope, { rows, outputs, splits: variant.splits }, buffers)]
}
