import { defineKernel, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch, type Workgroups } from '../../gpu/plan'
import { PASS_FIELDS, chunkCount, quadCount, type CovariancePass } from './covariancePass'

/** `tiled` through workgroup memory, for GPUs; `direct` without barriers, for adapters that compute on the CPU. */
export type CovarianceVariant = 'tiled' | 'direct'

/** Scatter matrices of chunks of rows, each about the chunk's own mean. */
export const chunkScatters = defineKernel({
  shader: 'spectral/chunk_scatters',
  bindings: {
    source: 'read',
    moments: 'read',
    chunkMeans: 'read',
    chunkScatters: 'read-write',
    params: { uniform: PASS_FIELDS },
  },
  constants: ['TILED', 'THREADS'],
})

/** Quads along the side of a tile, and of the block of one invocation, by the shader. */
const TILE_QUADS = 16
const BLOCK_QUADS = 2

/** Few where nothing is shared, so that narrow outputs reach every core of a CPU. */
const THREADS: Readonly<Record<CovarianceVariant, number>> = { tiled: 64, direct: 4 }

export function scatterConstants(variant: CovarianceVariant): { readonly TILED: number; readonly THREADS: number } {
  return { TILED: variant === 'tiled' ? 1 : 0, THREADS: THREADS[variant] }
}

/** @param variant that the kernel was compiled for. */
export function chunkScattersDispatch(
  kernel: Kernel<typeof chunkScatters.bindings>,
  variant: CovarianceVariant,
  pass: CovariancePass,
): Dispatch {
  const { source, moments, chunkMeans, chunkScatters, params, shape } = pass
  const cost = shape.width * (shape.width + 1) * (shape.endRow - shape.firstRow)
  const bindings = { source, moments, chunkMeans, chunkScatters, params }
  return kernel.dispatch(bindings, scatterWorkgroups(variant, quadCount(shape.width), chunkCount(shape)), cost)
}

function scatterWorkgroups(variant: CovarianceVariant, quads: number, chunks: number): Workgroups {
  if (variant === 'tiled') {
    const tiles = Math.ceil(quads / TILE_QUADS)
    return [tiles, tiles, chunks]
  }
  const edge = Math.ceil(quads / BLOCK_QUADS)
  return foldWorkgroups(Math.ceil((chunks * edge * (edge + 1)) / 2 / THREADS.direct))
}
