import { paddedWidth } from '../padding'

/** Invocations of a workgroup that reduces, on a GPU. */
export const REDUCTION_WORKGROUP = 256
/** Four run as one on an adapter that computes on the CPU, so these need no waiting for one another. */
const SOFTWARE_LANES = 4

/** Whether the adapter computes on the CPU. */
export interface ReducingAdapter {
  readonly software: boolean
}

/**
 * Constants of the kernels that sum over a workgroup. Software adapters switch between all invocations of a workgroup
 * at each barrier: they get small ones, which also compile several times as fast.
 */
export function reductionConstants({ software }: ReducingAdapter): { readonly LANES: number } {
  return { LANES: software ? SOFTWARE_LANES : REDUCTION_WORKGROUP }
}

/** Invocations of a workgroup that sums along rows; shaders/shared/row_lanes.wgsl has the same. */
export const ROW_WORKGROUP = 64

/**
 * Invocations that share a row: one per vec4 of it, up to a workgroup of 64; a power of two. On software adapters,
 * where barriers cost more than they save, one.
 */
export function rowLanes(width: number, software: boolean): number {
  if (software) return 1
  const words = paddedWidth(width) / 4
  return Math.min(ROW_WORKGROUP, 2 ** Math.ceil(Math.log2(words)))
}
