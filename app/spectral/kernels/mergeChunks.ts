import { defineKernel, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { PASS_FIELDS, chunkCount, quadCount, type CovariancePass } from './covariancePass'

/** Merges chunk means and scatters into the running state by Chan's formula; closes a pass. */
export const mergeChunks = defineKernel({
  shader: 'spectral/merge_chunks',
  bindings: {
    chunkMeans: 'read',
    chunkScatters: 'read',
    moments: 'read-write',
    scatter: 'read-write',
    params: { uniform: PASS_FIELDS },
  },
})

/** A workgroup covers 8 quads of 8 rows. */
const WORKGROUP_SIDE = 8

export function mergeChunksDispatch(kernel: Kernel<typeof mergeChunks.bindings>, pass: CovariancePass): Dispatch {
  const { chunkMeans, chunkScatters, moments, scatter, params, shape } = pass
  const cost = 6 * shape.width * (shape.width + 1) * chunkCount(shape)
  return kernel.dispatch(
    { chunkMeans, chunkScatters, moments, scatter, params },
    [Math.ceil(quadCount(shape.width) / WORKGROUP_SIDE), Math.ceil(shape.width / WORKGROUP_SIDE), 1],
    cost,
  )
}
