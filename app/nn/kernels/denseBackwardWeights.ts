import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { innerPerSplit, type ProductSize, type ProductVariant } from '../variants'
import type { DenseShape } from './denseForward'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'

const SHAPE_FIELDS = {
  rows: 'u32',
  inputs: 'u32',
  input_quads: 'u32',
  outputs: 'u32',
  output_quads: 'u32',
  inner_per_split: 'u32',
} as const

const FINISH_SHAPE_FIELDS = {
  inputs: 'u32',
  input_quads: 'u32',
  outputs: 'u32',
  output_quads: 'u32',
  splits: 'u32',
} as const

/** dW = Xᵀ·dZ and db = Σ dZ, or with SPLIT partial sums of both. Twin: reference/denseBackwardWeights.ts. */
export const denseBackwardWeights = defineKernel({
  shader: 'nn/dense_backward_weights',
  bindings: {
    input: 'read',
    outputGradient: 'read',
    weightGradient: 'read-write',
    biasGradient: 'read-write',
    shape: { uniform: SHAPE_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, 'SPLIT'],
})

/** Adds the parts up. */
export const denseBackwardWeightsFinish = defineKernel({
  shader: 'nn/dense_backward_weights_finish',
  bindings: {
    partialSums: 'read',
    weightGradient: 'read-write',
    biasGradient: 'read-write',
    shape: { uniform: FINISH_SHAPE_FIELDS },
  },
})

export interface DenseBackwardWeightsKernels {
  readonly main: Kernel<typeof denseBackwardWeights.bindings>
  /** Only where the variant has splits. */
  readonly finish: Kernel<typeof denseBackwardWeightsFinish.bindings> | undefined
  readonly variant: ProductVariant
}

export interface DenseBackwardWeightsBuffers {
  /** x [rows, in4]. */
  readonly input: BufferSlice
  /** dZ [rows, out4]. */
  readonly outputGradient: BufferSlice
  /** dW [in4, out4], written. */
  readonly weightGradient: BufferSlice
  /** db [out4], written. */
  readonly biasGradient: BufferSlice
  /** At least `denseBackwardWeightsScratchBytes`; may be shared by all layers. */
  readonly scratch: BufferSlice
}

/** [dW; db] as one product: the bias is the weight of an input that is always 1, row in4. */
export function weightGradientProduct({ rows, inputs, outputs }: DenseShape): ProductSize {
  return { rows: paddedWidth(inputs) + 1, columns: outputs, inner: Math.ceil(rows / 4) * 4 }
}

/** Bytes of the partial sums; 0 without splits. */
export function denseBackwardWeightsScratchBytes({ inputs, outputs }: DenseShape, { splits }: ProductVariant): number {
  return splits === 1 ? 0 : splits * (paddedWidth(inputs) + 1) * paddedWidth(outputs) * 4
}

/** One dispatch, or two with splits. */
export function denseBackwardWeightsDispatches(
  { main, finish, variant }: DenseBackwardWeightsKernels,
  scope: BufferScope,
  shape: DenseShape,
  buffers: DenseBackwardWeightsBuffers,
): Dispatch[] {
  const { input, outputGradient, weightGradient, biasGradient, scratch } = buffers
  const product = weightGradientProduct(shape)
  const widths = {
    inputs: shape.inputs,
    input_quads: paddedWidth(shape.inputs) / 4,
    outputs: shape.outputs,
    output_quads: paddedWidth(shape.outputs) / 4,
  }
  const inner_per_split = innerPerSplit(product.inner, variant)
  const uniform = packUniform(SHAPE_FIELDS, { ...widths, rows: shape.rows, inner_per_split })
  const multiply = main.dispatch(
    {
      input,
      outputGradient,
      weightGradient: finish ? scratch : weightGradient,
      biasGradient,
      shape: wholeBuffer(scope.uniform('dense backward weights', uniform)),
    },
    productWorkgroups(product, variant),
    productCost(product),
  )
  if (!finish) return [multiply]
  const finishUniform = packUniform(FINISH_SHAPE_FIELDS, { ...widths, splits: variant.splits })
  const quads = product.rows * widths.output_quads
  const addUp = finish.dispatch(
    {
      partialSums: scratch,
      weightGradient,
      biasGradient,
      shape: wholeBuffer(scope.uniform('dense backward weights finish', finishUniform)),
    },
    foldWorkgroups(Math.ceil(quads / 64)),
    quads * 4 * variant.splits,
  )
  return [multiply, addUp]
}
