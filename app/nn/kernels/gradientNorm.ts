import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { REDUCTION_WORKGROUP } from './reductionLanes'

const PENALTY_FIELDS = { words: 'u32', weight_words: 'u32', l1: 'f32', l2: 'f32' } as const

/** Penalties into the gradient, then partial sums of its squares and whether it is finite. */
export const gradientNorm = defineKernel({
  shader: 'nn/gradient_norm',
  bindings: {
    penalty: { uniform: PENALTY_FIELDS },
    parameters: 'read',
    gradients: 'read-write',
    gradientPartials: 'read-write',
  },
  constants: ['LANES'],
})

/** On a GPU one workgroup of step_control reduces the partials, one in each invocation. */
const MOST_PARTIALS = 256

/** Workgroups, and so partials, for flat buffers of `length` elements; the same on every adapter. */
export function gradientPartialCount(length: number): number {
  return Math.min(MOST_PARTIALS, Math.max(1, Math.ceil(length / 4 / REDUCTION_WORKGROUP)))
}

/** Bytes of `GradientPartial` in shaders/shared/gradient_partial.wgsl. */
export const GRADIENT_PARTIAL_BYTES = 8

export interface GradientNormBuffers {
  /** Flat buffers of the same layout. */
  readonly parameters: BufferSlice
  readonly gradients: BufferSlice
  /** gradientPartialCount · GRADIENT_PARTIAL_BYTES. */
  readonly gradientPartials: BufferSlice
}

/** @param layout elements of the flat buffers, and how many of them, from the start, are weights; multiples of 4. */
export function gradientNormDispatch(
  kernel: Kernel<typeof gradientNorm.bindings>,
  scope: BufferScope,
  layout: { readonly length: number; readonly weightLength: number },
  penalties: { readonly l1: number; readonly l2: number },
  buffers: GradientNormBuffers,
): Dispatch {
  const contents = packUniform(PENALTY_FIELDS, {
    words: layout.length / 4,
    weight_words: layout.weightLength / 4,
    l1: penalties.l1,
    l2: penalties.l2,
  })
  const bindings = { penalty: wholeBuffer(scope.uniform('penalty', contents)), ...buffers }
  return kernel.dispatch(bindings, [gradientPartialCount(layout.length), 1, 1], layout.length * 4)
}
