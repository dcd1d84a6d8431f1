import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { innerPerSplit, type ProductVariant } from '../variants'
import {
  CONVOLUTION_CONSTANTS,
  CONVOLUTION_FIELDS,
  convolutionFields,
  mapProduct,
  type ConvolutionMap,
} from './convolutionMap'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { bindOutput, OUTPUT_BINDINGS, OUTPUT_CONSTANTS, type OutputBuffers } from './layerOutput'
import { layerOutputFinishDispatch, type layerOutputFinish, type SplitOutput } from './layerOutputFinish'
import { PRODUCT_CONSTANTS, productCost, productWorkgroups } from './matrixProduct'

const SHAPE_FIELDS = { rows: 'u32', outputs: 'u32', output_quads: 'u32', inner_per_split: 'u32' } as const

/**
 * z = conv(x, W) + b (+ residual) and a = f(z) · mask, or with SPLIT partial sums of conv(x, W); with ADJOINT the same of
 * a transposed convolution. Twins: reference/convForward.ts, reference/convBackwardInput.ts.
 */
export const convForward = defineKernel({
  shader: 'nn/conv_forward',
  bindings: {
    input: 'read',
    weights: 'read',
    bias: 'read',
    ...OUTPUT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
    convolution: { uniform: CONVOLUTION_FIELDS },
  },
  constants: [...PRODUCT_CONSTANTS, ...CONVOLUTION_CONSTANTS, ...OUTPUT_CONSTANTS, 'SPLIT'],
})

export interface ConvForwardKernels {
  readonly main: Kernel<typeof convForward.bindings>
  /** Only where the variant has splits. */
  readonly finish: Kernel<typeof layerOutputFinish.bindings> | undefined
  readonly variant: ProductVariant
}

export interface ConvForwardBuffers extends OutputBuffers {
  /** x [samples·height·width, in4], or packed. */
  readonly input: BufferSlice
  /** W [taps·in4, out4]; [(taps·in)4, out4] where the input is packed; [taps·out4, in4] of a transposed convolution. */
  readonly weights: BufferSlice
  /** b [out4]. */
  readonly bias: BufferSlice
  /** At least the `scratchBytes` of the half; may be shared by all layers. */
  readonly scratch: BufferSlice
}

/** Positions and channels of the layer's output. */
export function convOutput(map: ConvolutionMap, { splits }: ProductVariant): SplitOutput {
  const { height, width, channels } = map.adjoint ? map.input : map.output
  return { rows: map.samples * positionsOf({ height, width, channels }), outputs: channels, splits }
}

/** One dispatch, or two with splits. */
export function convForwardDispatches(
  { main, finish, variant }: ConvForwardKernels,
  scope: BufferScope,
  map: ConvolutionMap,
  buffers: ConvForwardBuffers,
): Dispatch[] {
  const { input, weights, bias, scratch } = buffers
  const output = bindOutput(scope, buffers)
  const product = mapProduct(map)
  const split = convOutput(map, variant)
  const uniform = packUniform(SHAPE_FIELDS, {
    rows: split.rows,
    outputs: split.outputs,
    output_quads: paddedWidth(split.outputs) / 4,
    inner_per_split: innerPerSplit(product.inner, variant),
  })
  const multiply = main.dispatch(
    {
      input,
      weights,
      bias,
      ...output,
      preactivation: finish ? scratch : output.preactivation,
      shape: wholeBuffer(scope.uniform('conv forward', uniform)),
      convolution: wholeBuffer(scope.uniform('conv forward', packUniform(CONVOLUTION_FIELDS, convolutionFields(map)))),
    },
    productWorkgroups(product, variant),
    productCost(product),
  )
  return finish ? [multiply, layerOutputFinishDispatch(finish, scope, split, buffers)] : [multiply]
}
