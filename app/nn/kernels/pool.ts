import { pooledShape, type PoolWindows } from '../../experiment/pooledShape'
import { elementsOf } from '../../experiment/tensorShape'
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

const POOL_FIELDS = {
  rows: 'u32',
  height: 'u32',
  width: 'u32',
  output_height: 'u32',
  output_width: 'u32',
  ...INPUT_GRADIENT_FIELDS,
  size: 'u32',
  stride: 'u32',
} as const

/** Largest value or mean of each window. Twin: reference/pool.ts. */
export const poolForward = defineKernel({
  shader: 'nn/pool_forward',
  bindings: { input: 'read', output: 'read-write', shape: { uniform: POOL_FIELDS } },
  constants: ['MAXIMUM'],
})

/** A pool's share of the gradient in its input. Twin: reference/pool.ts. */
export const poolBackward = defineKernel({
  shader: 'nn/pool_backward',
  bindings: {
    input: 'read',
    output: 'read',
    outputGradient: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: POOL_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
  },
  constants: ['MAXIMUM', 'APART', ...INPUT_GRADIENT_CONSTANTS],
})

export interface PoolShape extends TensorBatch, PoolWindows {
  readonly kind: 'maximum' | 'average'
}

export interface PoolForwardBuffers {
  /** [rows · height · width, channels4]. */
  readonly input: BufferSlice
  /** [rows · windows, channels4], written. */
  readonly output: BufferSlice
}

export interface PoolBackwardBuffers extends ShareBuffers {
  /** As in the forward pass; left alone by an average pool. */
  readonly input: BufferSlice
  /** Of the forward pass; left alone by an average pool. */
  readonly output: BufferSlice
  /** Gradient of the loss in `output`. */
  readonly outputGradient: BufferSlice
}

export function poolConstants({ kind }: PoolShape): { readonly MAXIMUM: number } {
  return { MAXIMUM: kind === 'maximum' ? 1 : 0 }
}

export function poolBackwardConstants(shape: PoolShape): { readonly MAXIMUM: number; readonly APART: number } {
  return { ...poolConstants(shape), APART: windowsAreApart(shape) ? 1 : 0 }
}

function windowsAreApart({ size, stride }: PoolShape): boolean {
  return stride >= size
}

export function poolForwardDispatch(
  kernel: Kernel<typeof poolForward.bindings>,
  scope: BufferScope,
  shape: PoolShape,
  buffers: PoolForwardBuffers,
): Dispatch {
  const output = pooledShape(shape.input, shape)
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('pool', packShape(shape))) }
  const cost = shape.rows * elementsOf(output) * shape.size ** 2
  return kernel.dispatch(bindings, quadWorkgroups(shape.rows, output), cost)
}

export function poolBackwardDispatch(
  kernel: Kernel<typeof poolBackward.bindings>,
  scope: BufferScope,
  shape: PoolShape,
  buffers: PoolBackwardBuffers,
): Dispatch {
  const { rows, input, size, stride } = shape
  const block = windowsAreApart(shape) ? stride : 1
  const blocks = { ...input, height: Math.ceil(input.height / block), width: Math.ceil(input.width / block) }
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('pool backward', packShape(shape))) }
  const windows = Math.ceil(size / stride) ** 2
  return kernel.dispatch(bindings, quadWorkgroups(rows, blocks), rows * elementsOf(input) * (2 * windows + 2))
}

function packShape(shape: PoolShape): ArrayBuffer {
  const { rows, input, size, stride } = shape
  const output = pooledShape(input, shape)
  return packUniform(POOL_FIELDS, {
    rows,
    height: input.height,
    width: input.width,
    output_height: output.height,
    output_width: output.width,
    ...shareFields(input.channels),
    size,
    stride,
  })
}
