import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { quadCount } from './covariancePass'

const RANGE_FIELDS = { rows: 'u32', quads: 'u32', chunk_rows: 'u32' } as const

/** Lowest and highest value of every feature over rows of activations, and the sum of all, added to what earlier rows gave. */
export const unitRanges = defineKernel({
  shader: 'spectral/unit_ranges',
  bindings: { source: 'read', ranges: 'read-write', sums: 'read-write', params: { uniform: RANGE_FIELDS } },
})

/** Quads that a workgroup covers, by the shader. */
const WORKGROUP_QUADS = 8
/** A workgroup with fewer rows has hardly begun when it ends. */
const FEWEST_ROWS = 128
/** Enough to keep a large GPU busy; each leaves a sum to be read back. */
const MOST_WORKGROUPS = 256
/** Adapters that compute on the CPU have few cores, and take as long for a barrier as for many rows. */
const MOST_WORKGROUPS_ON_A_CPU = 16

/** The most workgroups that share one output's rows and columns. */
export function mostUnitWorkgroups({ software }: { readonly software: boolean }): number {
  return software ? MOST_WORKGROUPS_ON_A_CPU : MOST_WORKGROUPS
}

/** Length in 32-bit words of one output's ranges; all 0 before the first row. */
export function rangesLength(width: number): number {
  return 8 * quadCount(width)
}

/** Length in floats of one output's sums; all 0 before the first row. */
export function sumsLength(width: number, mostWorkgroups: number): number {
  return columnGroups(width) * mostChunks(width, mostWorkgroups)
}

interface UnitShape {
  readonly rows: number
  readonly width: number
  readonly mostWorkgroups: number
}

function columnGroups(width: number): number {
  return Math.ceil(quadCount(width) / WORKGROUP_QUADS)
}

function mostChunks(width: number, mostWorkgroups: number): number {
  return Math.max(1, Math.floor(mostWorkgroups / columnGroups(width)))
}

/**
 * @param source activations [rows, 4·quads]; padding 0.
 * @param ranges [2, 4·quads]: the largest key and the largest complement of a key by feature (see `countConstant`).
 * @param sums by workgroup; together those of all values.
 */
export function unitRangesDispatch(
  kernel: Kernel<typeof unitRanges.bindings>,
  scope: BufferScope,
  { rows, width, mostWorkgroups }: UnitShape,
  buffers: { readonly source: BufferSlice; readonly ranges: BufferSlice; readonly sums: BufferSlice },
): Dispatch {
  const quads = quadCount(width)
  const chunkRows = Math.max(FEWEST_ROWS, Math.ceil(rows / mostChunks(width, mostWorkgroups)))
  const params = packUniform(RANGE_FIELDS, { rows, quads, chunk_rows: chunkRows })
  return kernel.dispatch(
    { ...buffers, params: wholeBuffer(scope.uniform('unit ranges', params)) },
    [columnGroups(width), Math.ceil(rows / chunkRows), 1],
    8 * quads * rows,
  )
}

/** How many of `width` features had one value in all rows, none of them NaN or infinite. */
export function countConstant(ranges: Uint32Array, width: number): number {
  const stride = 4 * quadCount(width)
  let constant = 0
  for (let feature = 0; feature < width; feature++) {
    if (ranges[feature] === ~ranges[stride + feature]! >>> 0) constant++
  }
  return constant
}
