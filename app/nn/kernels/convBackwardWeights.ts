import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { innerPerSplit, type ProductSize, type ProductVariant } from '../variants'
import { CONVOLUTION_FIELDS, convolutionFields, filterSize, type ConvolutionMap } from './convolutionMap'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'
import {
  partialSumsBytes,
  WEIGHT_GRADIENT_FIELDS,
  weightGradientFields,
  weightGradientFinishDispatch,
  type weightGradientFinish,
  type WeightGradientBuffers,
} from './weightGradient'

const SHAPE_FIELDS = { ...WEIGHT_GRADIENT_FIELDS, rows: 'u32', inner_per_split: 'u32' } as const

/** dW and db of a convolution, or with SPLIT partial sums of both. Twin: reference/convBackwardWeights.ts. */
export const convBackwardWeights = defineKernel({
  shader: 'nn/conv_backward_weights',
  bindings: {
    input: 'read',
    outputGradient: 'read',
    weightGradient: 'read-write',
    biasGradient: 'read-write',
    shape: { uniform: SHAPE_FIELDS },
    convolution: { uniform: CONVOLUTION_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, 'PACKED_INPUT', 'SPLIT'],
})

export interface ConvBackwardWeightsKernels {
  readonly main: Kernel<typeof convBackwardWeights.bindings>
  /** Only where the variant has splits. */
  readonly finish: Kernel<typeof weightGradientFinish.bindings> | undefined
  readonly variant: ProductVariant
}

export interface ConvBackwardWeightsBuffers extends WeightGradientBuffers {
  /** x [samples·height·width, in4], or packed. */
  readonly input: BufferSlice
  /** dZ [samples·height·width, out4]. */
  readonly outputGradient: BufferSlice
}

/** A convolution whose weights' gradient is wanted. */
export interface FilterGradient extends ConvolutionMap {
  /** The output gradient is the layer's; false where it is the input of a transposed convolution. */
  readonly includesBias: boolean
}

/** [dW; db], or dW alone, as one product over all positions of the output. */
export function filterGradientProduct(map: FilterGradient): ProductSize {
  return {
    rows: filterSize(map).rows + (map.includesBias ? 1 : 0),
    columns: map.output.channels,
    inner: Math.ceil((map.samples * positionsOf(map.output)) / 4) * 4,
  }
}

/** Bytes of the partial sums; 0 without splits. */
export function filterGradientScratchBytes(map: FilterGradient, { splits }: ProductVariant): number {
  const { rows, columns: outputs } = filterGradientProduct(map)
  return splits === 1 ? 0 : partialSumsBytes(rows, outputs, splits)
}

/** One dispatch, or two with splits. */
export function convBackwardWeightsDispatches(
  { main, finish, variant }: ConvBackwardWeightsKernels,
  scope: BufferScope,
  map: FilterGradient,
  buffers: ConvBackwardWeightsBuffers,
): Dispatch[] {
  const { input, outputGradient, weightGradient, biasGradient, scratch } = buffers
  const product = filterGradientProduct(map)
  const weights = filterSize(map)
  const shape = packUniform(SHAPE_FIELDS, {
    ...weightGradientFields(weights),
    rows: product.rows,
    inner_per_split: innerPerSplit(product.inner, variant),
  })
  const convolution = packUniform(CONVOLUTION_FIELDS, convolutionFields(map))
  const multiply = main.dispatch(
    {
      input,
      outputGradient,
      weightGradient: finish ? scratch : weightGradient,
      biasGradient,
      shape: wholeBuffer(scope.uniform('conv backward weights', shape)),
      convolution: wholeBuffer(scope.uniform('conv backward weights', convolution)),
    },
    productWorkgroups(product, variant),
    productCost(product),
  )
  if (!finish) return [multiply]
  const parts = { weights, rows: product.rows, splits: variant.splits }
  return [multiply, weightGradientFinishDispatch(finish, scope, parts, buffers)]
}
