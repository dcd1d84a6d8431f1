import { defineKernel, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { PASS_FIELDS, chunkCount, quadCount, type CovariancePass } from './covariancePass'

/** Means of chunks of rows relative to the window's first sample; opens a pass. */
export const chunkMeans = defineKernel({
  shader: 'spectral/chunk_means',
  bindings: { source: 'read', moments: 'read-write', chunkMeans: 'read-write', params: { uniform: PASS_FIELDS } },
})

/** Quads a workgroup covers, by the shader. */
const WORKGROUP_QUADS = 8

export function chunkMeansDispatch(kernel: Kernel<typeof chunkMeans.bindings>, pass: CovariancePass): Dispatch {
  const { source, moments, chunkMeans, params, shape } = pass
  const quads = quadCount(shape.width)
  const cost = 8 * quads * (shape.endRow - shape.firstRow)
  return kernel.dispatch(
    { source, moments, chunkMeans, params },
    [Math.ceil(quads / WORKGROUP_QUADS), chunkCount(shape), 1],
    cost,
  )
}
