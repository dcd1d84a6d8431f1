import { elementsOf, type TensorShape } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { DROPOUT_FIELDS } from './dropoutUniform'
import {
  INPUT_GRADIENT_BINDINGS,
  INPUT_GRADIENT_CONSTANTS,
  INPUT_GRADIENT_FIELDS,
  shareFields,
  type ShareBuffers,
} from './inputGradient'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const UPSAMPLE_FIELDS = { rows: 'u32', height: 'u32', width: 'u32', ...INPUT_GRADIENT_FIELDS, factor: 'u32' } as const

/** Nearest-neighbour upsampling. Twin: reference/upsample.ts. */
export const upsampleForward = defineKernel({
  shader: 'nn/upsample_forward',
  bindings: { input: 'read', output: 'read-write', shape: { uniform: UPSAMPLE_FIELDS } },
})

/** Its share of the gradient in its input. Twin: reference/upsample.ts. */
export const upsampleBackward = defineKernel({
  shader: 'nn/upsample_backward',
  bindings: {
    outputGradient: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: UPSAMPLE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: INPUT_GRADIENT_CONSTANTS,
})

export interface UpsampleShape extends TensorBatch {
  /** Positions that each position becomes, in each direction; 2–4. */
  readonly factor: number
}

export interface UpsampleForwardBuffers {
  /** [rows · height · width, channels4]. */
  readonly input: BufferSlice
  /** [rows · height·factor · width·factor, channels4], written. */
  readonly output: BufferSlice
}

export interface UpsampleBackwardBuffers extends ShareBuffers {
  /** Gradient of the loss in the output. */
  readonly outputGradient: BufferSlice
}

export function upsampleForwardDispatch(
  kernel: Kernel<typeof upsampleForward.bindings>,
  scope: BufferScope,
  shape: UpsampleShape,
  buffers: UpsampleForwardBuffers,
): Dispatch {
  const output = upsampledShape(shape)
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('upsample', packShape(shape))) }
  return kernel.dispatch(bindings, quadWorkgroups(shape.rows, output), shape.rows * elementsOf(output))
}

export function upsampleBackwardDispatch(
  kernel: Kernel<typeof upsampleBackward.bindings>,
  scope: BufferScope,
  shape: UpsampleShape,
  buffers: UpsampleBackwardBuffers,
): Dispatch {
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('upsample backward', packShape(shape))) }
  const cost = shape.rows * elementsOf(upsampledShape(shape))
  return kernel.dispatch(bindings, quadWorkgroups(shape.rows, shape.input), cost)
}

function upsampledShape({ input, factor }: UpsampleShape): TensorShape {
  return { height: input.height * factor, width: input.width * factor, channels: input.channels }
}

function packShape({ rows, input, factor }: UpsampleShape): ArrayBuffer {
  const { height, width, channels } = input
  return packUniform(UPSAMPLE_FIELDS, { rows, height, width, ...shareFields(channels), factor })
}
