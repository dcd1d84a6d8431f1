import { elementsOf, positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { COLUMN_CONSTANTS, columnWorkgroups, type ColumnLanes } from './columnLanes'
import { DROPOUT_FIELDS } from './dropoutUniform'
import {
  INPUT_GRADIENT_BINDINGS,
  INPUT_GRADIENT_CONSTANTS,
  INPUT_GRADIENT_FIELDS,
  shareFields,
  type ShareBuffers,
} from './inputGradient'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = { rows: 'u32', positions: 'u32', ...INPUT_GRADIENT_FIELDS } as const

/** The mean of all positions, [rows · positions, channels4] → [rows, channels4]. Twin: reference/globalAverage.ts. */
export const globalAverageForward = defineKernel({
  shader: 'nn/global_average_forward',
  bindings: { input: 'read', output: 'read-write', shape: { uniform: SHAPE_FIELDS } },
  constants: COLUMN_CONSTANTS,
})

/** Its share of the gradient in its input. Twin: reference/globalAverage.ts. */
export const globalAverageBackward = defineKernel({
  shader: 'nn/global_average_backward',
  bindings: {
    outputGradient: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: INPUT_GRADIENT_CONSTANTS,
})

export interface GlobalAverageForwardKernel {
  readonly main: Kernel<typeof globalAverageForward.bindings>
  readonly lanes: ColumnLanes
}

export interface GlobalAverageForwardBuffers {
  /** [rows · positions, channels4]. */
  readonly input: BufferSlice
  /** [rows, channels4], written. */
  readonly output: BufferSlice
}

export interface GlobalAverageBackwardBuffers extends ShareBuffers {
  /** Gradient of the loss in the output, [rows, channels4]. */
  readonly outputGradient: BufferSlice
}

export function globalAverageForwardDispatch(
  { main, lanes }: GlobalAverageForwardKernel,
  scope: BufferScope,
  batch: TensorBatch,
  buffers: GlobalAverageForwardBuffers,
): Dispatch {
  const { rows, input } = batch
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('global average', packShape(batch))) }
  const workgroups = columnWorkgroups((rows * paddedWidth(input.channels)) / 4, lanes)
  return main.dispatch(bindings, workgroups, rows * elementsOf(input))
}

export function globalAverageBackwardDispatch(
  kernel: Kernel<typeof globalAverageBackward.bindings>,
  scope: BufferScope,
  batch: TensorBatch,
  buffers: GlobalAverageBackwardBuffers,
): Dispatch {
  const { rows, input } = batch
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('global average backward', packShape(batch))) }
  return kernel.dispatch(bindings, quadWorkgroups(rows, input), rows * elementsOf(input))
}

function packShape({ rows, input }: TensorBatch): ArrayBuffer {
  return packUniform(SHAPE_FIELDS, { rows, positions: positionsOf(input), ...shareFields(input.channels) })
}
