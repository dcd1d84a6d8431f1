import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { OUTPUT_CONSTANTS } from './layerOutput'
import { bindNormalised, NORMALISED_BINDINGS, type NormalisedBuffers } from './normalisedOutput'
import { ROW_WORKGROUP } from './reductionLanes'
import type { TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = { rows: 'u32', outputs: 'u32', output_quads: 'u32' } as const

/** γ·(x − μ)/√(σ² + ε) + β per row (+ residual), activation. Twin: reference/layerNorm.ts. */
export const layerNormForward = defineKernel({
  shader: 'nn/layer_norm_forward',
  bindings: {
    input: 'read',
    scale: 'read',
    shift: 'read',
    statistics: 'read-write',
    ...NORMALISED_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: [...OUTPUT_CONSTANTS, 'LANES'],
})

export interface LayerNormForwardKernel {
  readonly main: Kernel<typeof layerNormForward.bindings>
  /** Invocations per row. */
  readonly lanes: number
}

export interface LayerNormForwardBuffers extends NormalisedBuffers {
  /** x [rows, channels4]. */
  readonly input: BufferSlice
  /** γ [channels4]. */
  readonly scale: BufferSlice
  /** β [channels4]. */
  readonly shift: BufferSlice
  /** [rows, 2], written: mean and 1/√(variance + 1e-5) of each row; the backward pass reads it. */
  readonly statistics: BufferSlice
}

export function layerNormForwardDispatch(
  { main, lanes }: LayerNormForwardKernel,
  scope: BufferScope,
  batch: TensorBatch,
  buffers: LayerNormForwardBuffers,
): Dispatch {
  const { channels } = batch.input
  const rows = batch.rows * positionsOf(batch.input)
  const uniform = packUniform(SHAPE_FIELDS, { rows, outputs: channels, output_quads: paddedWidth(channels) / 4 })
  const { input, scale, shift, statistics } = buffers
  const shape = wholeBuffer(scope.uniform('layer norm', uniform))
  return main.dispatch(
    { ...bindNormalised(scope, buffers), input, scale, shift, statistics, shape },
    foldWorkgroups(Math.ceil((rows * lanes) / ROW_WORKGROUP)),
    batch.rows * elementsOf(batch.input) * 10,
  )
}
