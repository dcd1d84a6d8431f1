import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'

/** Fields of `shape` that shaders/shared/weight_gradient.wgsl needs. */
export const WEIGHT_GRADIENT_FIELDS = {
  inputs: 'u32',
  input_quads: 'u32',
  weight_rows: 'u32',
  outputs: 'u32',
  output_quads: 'u32',
} as const

const FINISH_FIELDS = { ...WEIGHT_GRADIENT_FIELDS, rows: 'u32', splits: 'u32' } as const

/** Adds the parts of a weight gradient up. Twins: those of the kernels that compute the parts. */
export const weightGradientFinish = defineKernel({
  shader: 'nn/weight_gradient_finish',
  bindings: {
    partialSums: 'read',
    weightGradient: 'read-write',
    biasGradient: 'read-write',
    shape: { uniform: FINISH_FIELDS },
  },
})

/** Where the gradients in a layer's parameters go. */
export interface WeightGradientBuffers {
  /** dW, padded as the weights are, written. */
  readonly weightGradient: BufferSlice
  /** db [out4], written. */
  readonly biasGradient: BufferSlice
  /** At least what the layer asks for; may be shared by all layers. */
  readonly scratch: BufferSlice
}

/** How a layer's weights lie: [rows, outputs4]. */
export interface WeightSize {
  /** Padding included: as many inputs4 as the layer has taps, a dense layer one. */
  readonly rows: number
  readonly inputs: number
  readonly outputs: number
}

/** Values of `WEIGHT_GRADIENT_FIELDS`. */
export function weightGradientFields({
  rows,
  inputs,
  outputs,
}: WeightSize): Record<keyof typeof WEIGHT_GRADIENT_FIELDS, number> {
  return {
    inputs,
    input_quads: paddedWidth(inputs) / 4,
    weight_rows: rows,
    outputs,
    output_quads: paddedWidth(outputs) / 4,
  }
}

/** Partial sums of [dW; db], or of dW alone. */
interface SplitGradient {
  readonly weights: WeightSize
  /** Rows of a part: those of the weights, and one more where the bias is among them. */
  readonly rows: number
  readonly splits: number
}

/** Bytes of the partial sums [splits, rows, outputs4]. */
export function partialSumsBytes(rows: number, outputs: number, splits: number): number {
  return splits * rows * paddedWidth(outputs) * 4
}

export function weightGradientFinishDispatch(
  kernel: Kernel<typeof weightGradientFinish.bindings>,
  scope: BufferScope,
  { weights, rows, splits }: SplitGradient,
  { weightGradient, biasGradient, scratch }: WeightGradientBuffers,
): Dispatch {
  const uniform = packUniform(FINISH_FIELDS, { ...weightGradientFields(weights), rows, splits })
  const quads = (rows * paddedWidth(weights.outputs)) / 4
  const shape = wholeBuffer(scope.uniform('weight gradient finish', uniform))
  const bindings = { partialSums: scratch, weightGradient, biasGradient, shape }
  return kernel.dispatch(bindings, foldWorkgroups(Math.ceil(quads / 64)), quads * 4 * splits)
}
