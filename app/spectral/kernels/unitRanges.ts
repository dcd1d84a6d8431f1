import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { quadCount } from './covariancePass'

const RANGE_FIELDS = { rows: 'u32', quads: 'u32' } as const

/** Lowest and highest value of every feature over rows of activations, added to what earlier rows gave. */
export const unitRanges = defineKernel({
  shader: 'spectral/unit_ranges',
  bindings: { source: 'read', ranges: 'read-write', params: { uniform: RANGE_FIELDS } },
})

/** Quads and rows that a workgroup covers, by the shader. */
const WORKGROUP_QUADS = 8
const WORKGROUP_ROWS = 128

/** Length in 32-bit words of one output's ranges; all 0 before the first row. */
export function rangesLength(width: number): number {
  return 8 * quadCount(width)
}

/**
 * @param source activations [rows, 4·quads].
 * @param ranges [2, 4·quads]: the largest key and the largest complement of a key by feature (see `countConstant`).
 */
export function unitRangesDispatch(
  kernel: Kernel<typeof unitRanges.bindings>,
  scope: BufferScope,
  shape: { readonly rows: number; readonly width: number },
  buffers: { readonly source: BufferSlice; readonly ranges: BufferSlice },
): Dispatch {
  const quads = quadCount(shape.width)
  const params = wholeBuffer(scope.uniform('unit ranges', packUniform(RANGE_FIELDS, { rows: shape.rows, quads })))
  return kernel.dispatch(
    { ...buffers, params },
    [Math.ceil(quads / WORKGROUP_QUADS), Math.ceil(shape.rows / WORKGROUP_ROWS), 1],
    8 * quads * shape.rows,
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
