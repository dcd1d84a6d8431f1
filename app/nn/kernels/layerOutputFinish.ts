import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { bindOutput, OUTPUT_BINDINGS, OUTPUT_CONSTANTS, type OutputBuffers } from './layerOutput'

const SHAPE_FIELDS = { rows: 'u32', outputs: 'u32', output_quads: 'u32', splits: 'u32' } as const

/** Adds the parts of a layer's own result up and makes its outputs of it. Twin: reference/layerOutput.ts. */
export const layerOutputFinish = defineKernel({
  shader: 'nn/layer_output_finish',
  bindings: {
    partialSums: 'read',
    bias: 'read',
    ...OUTPUT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: OUTPUT_CONSTANTS,
})

export interface SplitOutput {
  /** Of the tensor: samples, or positions of samples. */
  readonly rows: number
  readonly outputs: number
  readonly splits: number
}

/** Bytes of the partial sums; 0 without splits. */
export function splitOutputBytes({ rows, outputs, splits }: SplitOutput): number {
  return splits === 1 ? 0 : splits * rows * paddedWidth(outputs) * 4
}

/** @param buffers `scratch` holds the partial sums [splits, rows, out4]. */
export function layerOutputFinishDispatch(
  kernel: Kernel<typeof layerOutputFinish.bindings>,
  scope: BufferScope,
  { rows, outputs, splits }: SplitOutput,
  buffers: OutputBuffers & { readonly bias: BufferSlice; readonly scratch: BufferSlice },
): Dispatch {
  const output_quads = paddedWidth(outputs) / 4
  const uniform = packUniform(SHAPE_FIELDS, { rows, outputs, output_quads, splits })
  const quads = rows * output_quads
  const bindings = {
    partialSums: buffers.scratch,
    bias: buffers.bias,
    ...bindOutput(scope, buffers),
    shape: wholeBuffer(scope.uniform('layer output finish', uniform)),
  }
  return kernel.dispatch(bindings, foldWorkgroups(Math.ceil(quads / 64)), quads * 4 * splits)
}
