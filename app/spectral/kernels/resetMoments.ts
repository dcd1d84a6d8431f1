import { wholeBuffer, type BufferScope } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'

const RESET_FIELDS = { length: 'u32' } as const

/** Begins a new window: no samples yet in any output. */
export const resetMoments = defineKernel({
  shader: 'spectral/reset_moments',
  bindings: { moments: 'read-write', params: { uniform: RESET_FIELDS } },
})

const WORKGROUP_LENGTH = 64

/** @param moments holds the running state of all outputs. */
export function resetMomentsDispatch(
  kernel: Kernel<typeof resetMoments.bindings>,
  scope: BufferScope,
  moments: GPUBuffer,
): Dispatch {
  const length = Math.floor(moments.size / 16)
  const params = wholeBuffer(scope.uniform('reset moments', packUniform(RESET_FIELDS, { length })))
  return kernel.dispatch(
    { moments: wholeBuffer(moments), params },
    [Math.ceil(length / WORKGROUP_LENGTH), 1, 1],
    length,
  )
}
