import type { BufferSlice } from '../../gpu/buffers'
import type { UniformFields } from '../../gpu/kernel'

/** One pass of rows through the covariance kernels: chunk means, chunk scatters, merge. */
export interface CovariancePass {
  /** Activations [rows, 4·quads], row-major; padding columns are 0. */
  readonly source: BufferSlice
  /** Running count, pivot and means (shaders/shared/running_moments.wgsl). */
  readonly moments: BufferSlice
  /** Running scatter Σ(a − μ)(a − μ)ᵀ [width, 4·quads]: the quads on and below the diagonal. */
  readonly scatter: BufferSlice
  /** Scratch [chunks, 4·quads]. */
  readonly chunkMeans: BufferSlice
  /** Scratch [chunks, 4·quads, 4·quads]. */
  readonly chunkScatters: BufferSlice
  readonly params: BufferSlice
  readonly shape: PassShape
}

export interface PassShape {
  readonly width: number
  readonly firstRow: number
  /** One past the last row. */
  readonly endRow: number
  readonly chunkRows: number
}

/** Rows `first_row` ≤ row < `end_row` in chunks of `chunk_rows`; `quads` columns of four. */
export const PASS_FIELDS = {
  first_row: 'u32',
  end_row: 'u32',
  chunk_rows: 'u32',
  quads: 'u32',
  width: 'u32',
} as const satisfies UniformFields

/** Columns of four that `width` features take. */
export function quadCount(width: number): number {
  return Math.ceil(width / 4)
}

export function chunkCount({ firstRow, endRow, chunkRows }: PassShape): number {
  return Math.ceil((endRow - firstRow) / chunkRows)
}

/** Length in floats of one output's running moments. */
export function momentsLength(width: number): number {
  return 4 * (2 + 3 * quadCount(width))
}
