import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { DROPOUT_FIELDS } from './dropoutUniform'
import {
  INPUT_GRADIENT_BINDINGS,
  INPUT_GRADIENT_CONSTANTS,
  INPUT_GRADIENT_FIELDS,
  shareFields,
  type ShareBuffers,
} from './inputGradient'
import { ROW_WORKGROUP } from './reductionLanes'
import type { TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = { rows: 'u32', ...INPUT_GRADIENT_FIELDS } as const

/** A layer norm's share of the gradient in its input. Twin: reference/layerNorm.ts. */
export const layerNormBackward = defineKernel({
  shader: 'nn/layer_norm_backward',
  bindings: {
    input: 'read',
    outputGradient: 'read',
    statistics: 'read',
    scale: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: [...INPUT_GRADIENT_CONSTANTS, 'LANES'],
})

export interface LayerNormBackwardKernel {
  readonly main: Kernel<typeof layerNormBackward.bindings>
  /** Invocations per row. */
  readonly lanes: number
}

export interface LayerNormBackwardBuffers extends ShareBuffers {
  /** x [rows, channels4]. */
  readonly input: BufferSlice
  /** dy [rows, channels4]. */
  readonly outputGradient: BufferSlice
  /** [rows, 2] of the forward pass. */
  readonly statistics: BufferSlice
  /** γ [channels4]. */
  readonly scale: BufferSlice
}

export function layerNormBackwardDispatch(
  { main, lanes }: LayerNormBackwardKernel,
  scope: BufferScope,
  batch: TensorBatch,
  buffers: LayerNormBackwardBuffers,
): Dispatch {
  const rows = batch.rows * positionsOf(batch.input)
  const uniform = packUniform(SHAPE_FIELDS, { rows, ...shareFields(batch.input.channels) })
  return main.dispatch(
    { ...buffers, shape: wholeBuffer(scope.uniform('layer norm backward', uniform)) },
    foldWorkgroups(Math.ceil((rows * lanes) / ROW_WORKGROUP)),
    batch.rows * elementsOf(batch.input) * 12,
  )
}
