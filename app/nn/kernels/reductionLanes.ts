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
