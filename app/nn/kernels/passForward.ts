import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { bindOutput, OUTPUT_BINDINGS, OUTPUT_CONSTANTS, type OutputBuffers } from './layerOutput'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = { rows: 'u32', outputs: 'u32', output_quads: 'u32' } as const

/** An activation function and dropout by themselves. Twin: reference/layerOutput.ts alone. */
export const passForward = defineKernel({
  shader: 'nn/pass_forward',
  bindings: {
    input: 'read',
    ...OUTPUT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: OUTPUT_CONSTANTS,
})

export interface PassForwardBuffers extends OutputBuffers {
  /** [rows · positions, channels4]. */
  readonly input: BufferSlice
}

export function passForwardDispatch(
  kernel: Kernel<typeof passForward.bindings>,
  scope: BufferScope,
  { rows, input }: TensorBatch,
  buffers: PassForwardBuffers,
): Dispatch {
  const uniform = packUniform(SHAPE_FIELDS, {
    rows: rows * positionsOf(input),
    outputs: input.channels,
    output_quads: paddedWidth(input.channels) / 4,
  })
  const bindings = {
    input: buffers.input,
    ...bindOutput(scope, buffers),
    shape: wholeBuffer(scope.uniform('pass', uniform)),
  }
  return kernel.dispatch(bindings, quadWorkgroups(rows, input), rows * elementsOf(input))
}
