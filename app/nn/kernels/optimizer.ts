import type { OptimizerKind, OptimizerSpec } from '../../experiment/spec'
import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { optimizerCoefficients } from '../optimizerCoefficients'

const OPTIMIZER_FIELDS = { words: 'u32', momentum: 'f32', renewal1: 'f32', renewal2: 'f32', epsilon: 'f32' } as const

/** One update of all parameters. */
export const optimizer = defineKernel({
  shader: 'nn/optimizer',
  bindings: {
    optimizer: { uniform: OPTIMIZER_FIELDS },
    control: 'read',
    gradients: 'read',
    parameters: 'read-write',
    firstMoment: 'read-write',
    secondMoment: 'read-write',
  },
  constants: ['KIND'],
})

const KIND_CODES: Readonly<Record<OptimizerKind, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 2,
  rmsprop: 3,
  adam: 4,
  adamw: 5,
}

/** Override constants of an optimizer's kernel. */
export function optimizerConstants(kind: OptimizerKind): { readonly KIND: number } {
  return { KIND: KIND_CODES[kind] }
}

/** Which moments an optimizer keeps; in place of the other it binds any buffer of its own, which is left alone. */
export function optimizerMoments(kind: OptimizerKind): { readonly first: boolean; readonly second: boolean } {
  return {
    first: kind !== 'sgd' && kind !== 'rmsprop',
    second: kind === 'rmsprop' || kind === 'adam' || kind === 'adamw',
  }
}

/** Flat buffers of the same layout. */
export interface OptimizerBuffers {
  readonly control: BufferSlice
  readonly gradients: BufferSlice
  readonly parameters: BufferSlice
  readonly firstMoment: BufferSlice
  readonly secondMoment: BufferSlice
}

/** @param length elements of the flat buffers; a multiple of 4. */
export function optimizerDispatch(
  kernel: Kernel<typeof optimizer.bindings>,
  scope: BufferScope,
  spec: OptimizerSpec,
  length: number,
  buffers: OptimizerBuffers,
): Dispatch {
  const contents = packUniform(OPTIMIZER_FIELDS, { words: length / 4, ...optimizerCoefficients(spec) })
  const bindings = { optimizer: wholeBuffer(scope.uniform('optimizer', contents)), ...buffers }
  return kernel.dispatch(bindings, foldWorkgroups(Math.ceil(length / 4 / 256)), length * 12)
}
