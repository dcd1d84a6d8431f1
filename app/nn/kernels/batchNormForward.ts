import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { OUTPUT_CONSTANTS } from './layerOutput'
import { bindNormalised, NORMALISED_BINDINGS, type NormalisedBuffers } from './normalisedOutput'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = { rows: 'u32', outputs: 'u32', output_quads: 'u32' } as const

/** γ·(x − μ)/√(σ² + ε) + β per channel (+ residual), activation. Twin: reference/batchNorm.ts. */
export const batchNormForward = defineKernel({
  shader: 'nn/batch_norm_forward',
  bindings: {
    input: 'read',
    statistics: 'read',
    scale: 'read',
    shift: 'read',
    ...NORMALISED_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: [...OUTPUT_CONSTANTS, 'RUNNING'],
})

export interface BatchNormForwardBuffers extends NormalisedBuffers {
  /** x [rows, channels4]. */
  readonly input: BufferSlice
  /** [2, channels4]: mean and 1/√(variance + ε) of the batch, or the running mean and variance. */
  readonly statistics: BufferSlice
  /** γ [channels4]. */
  readonly scale: BufferSlice
  /** β [channels4]. */
  readonly shift: BufferSlice
}

export function batchNormForwardDispatch(
  kernel: Kernel<typeof batchNormForward.bindings>,
  scope: BufferScope,
  { rows, input }: TensorBatch,
  buffers: BatchNormForwardBuffers,
): Dispatch {
  const uniform = packUniform(SHAPE_FIELDS, {
    rows: rows * positionsOf(input),
    outputs: input.channels,
    output_quads: paddedWidth(input.channels) / 4,
  })
  const bindings = {
    ...bindNormalised(scope, buffers),
    input: buffers.input,
    statistics: buffers.statistics,
    scale: buffers.scale,
    shift: buffers.shift,
    shape: wholeBuffer(scope.uniform('batch norm', uniform)),
  }
  return kernel.dispatch(bindings, quadWorkgroups(rows, input), rows * elementsOf(input) * 4)
}
