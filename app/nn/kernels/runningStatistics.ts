import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'

const SHAPE_FIELDS = { words: 'u32' } as const

/**
 * running += 0.1·(batch − running) for all batch normalisations at once; nothing from the refused step on. Twin:
 * `updateRunningStatistics` in reference/batchNorm.ts.
 */
export const runningStatistics = defineKernel({
  shader: 'nn/running_statistics',
  bindings: { batch: 'read', running: 'read-write', control: 'read', shape: { uniform: SHAPE_FIELDS } },
})

/** Flat buffers of the same layout. */
export interface RunningStatisticsBuffers {
  /** Of this step, as `BatchNormStatisticsBuffers.batch` says. */
  readonly batch: BufferSlice
  readonly running: BufferSlice
  readonly control: BufferSlice
}

/** @param length elements of the flat buffers; a multiple of 4. */
export function runningStatisticsDispatch(
  kernel: Kernel<typeof runningStatistics.bindings>,
  scope: BufferScope,
  length: number,
  buffers: RunningStatisticsBuffers,
): Dispatch {
  const words = length / 4
  const shape = wholeBuffer(scope.uniform('running statistics', packUniform(SHAPE_FIELDS, { words })))
  return kernel.dispatch({ ...buffers, shape }, foldWorkgroups(Math.ceil(words / 64)), length * 3)
}
