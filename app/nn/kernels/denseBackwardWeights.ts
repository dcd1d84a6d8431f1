import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { innerPerSplit, type ProductSize, type ProductVariant } from '../variants'
import type { DenseShape } from './denseForward'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'
import {
  partialSumsBytes,
  WEIGHT_GRADIENT_FIELDS,
  weightGradientFields,
  weightGradientFinishDispatch,
  type weightGradientFinish,
  type WeightGradientBuffers,
} from './weightGradient'

const SHAPE_FIELDS = { rows: 'u32', ...WEIGHT_GRADIENT_FIELDS, inner_per_split: 'u32' } as const

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

export interface DenseBackwardWeightsKernels {
  readonly main: Kernel<typeof denseBackwardWeights.bindings>
  /** Only where the variant has splits. */
  readonly finish: Kernel<typeof weightGradientFinish.bindings> | undefined
  readonly variant: ProductVariant
}

export interface DenseBackwardWeightsBuffers extends WeightGradientBuffers {
  /** x [rows, in4]. */
  readonly input: BufferSlice
  /** dZ [rows, out4]. */
  readonly outputGradient: BufferSlice
}

/** [dW; db] as one product: the bias is the weight of an input that is always 1, row in4. */
export function weightGradientProduct({ rows, inputs, outputs }: DenseShape): ProductSize {
  return { rows: paddedWidth(inputs) + 1, columns: outputs, inner: Math.ceil(rows / 4) * 4 }
}

/** Bytes of the partial sums; 0 without splits. */
export function denseBackwardWeightsScratchBytes(shape: DenseShape, { splits }: ProductVariant): number {
  return splits === 1 ? 0 : partialSumsBytes(weightGradientProduct(shape).rows, shape.outputs, splits)
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
  const weights = { rows: paddedWidth(shape.inputs), inputs: shape.inputs, outputs: shape.outputs }
  const uniform = packUniform(SHAPE_FIELDS, {
    rows: shape.rows,
    ...weightGradientFields(weights),
    inner_per_split: innerPerSplit(product.inner, variant),
  })
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
  const parts = { weights, rows: product.rows, splits: variant.splits }
  return [multiply, weightGradientFinishDispatch(finish, scope, parts, buffers)]
}
