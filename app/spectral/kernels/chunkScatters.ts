import { defineKernel, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { PASS_FIELDS, chunkCount, quadCount, type CovariancePass } from './covariancePass'

/** Scatter matrices of chunks of rows, each about the chunk's own mean. `TILED`: 1 for GPUs, 0 for software adapters. */
export const chunkScatters = defineKernel({
  shader: 'spectral/chunk_scatters',
  bindings: {
    source: 'read',
    moments: 'read',
    chunkMeans: 'read',
    chunkScatters: 'read-write',
    params: { uniform: PASS_FIELDS },
  },
  constants: ['TILED'],
})

/** Quads along the side of a tile, by the shader. */
const TILE_QUADS = 16

export function chunkScattersDispatch(kernel: Kernel<typeof chunkScatters.bindings>, pass: CovariancePass): Dispatch {
  const { source, moments, chunkMeans, chunkScatters, params, shape } = pass
  const tiles = Math.ceil(quadCount(shape.width) / TILE_QUADS)
  const cost = shape.width * (shape.width + 1) * (shape.endRow - shape.firstRow)
  return kernel.dispatch(
    { source, moments, chunkMeans, chunkScatters, params },
    [tiles, tiles, chunkCount(shape)],
    cost,
  )
}
