import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Plan } from '../../gpu/plan'

const JACOBI_FIELDS = { begin: 'u32', sweeps: 'u32' } as const

/**
 * Jacobi with the packed triangle in workgroup memory, one workgroup per matrix.
 * `CAP`: largest order (even); `WORKERS`: invocations, a multiple of 64; `VECTORS`: 1 to accumulate eigenvectors.
 */
export const packedJacobi = defineKernel({
  shader: 'spectral/packed_jacobi',
  bindings: {
    matrices: 'read',
    descriptors: 'read',
    iterates: 'read-write',
    eigenvalues: 'read-write',
    eigenvectors: 'read-write',
    progress: 'read-write',
    params: { uniform: JACOBI_FIELDS },
  },
  constants: ['CAP', 'WORKERS', 'VECTORS'],
})

/** 32-bit words of one matrix's descriptor and of its progress, as the shader declares them. */
export const DESCRIPTOR_WORDS = 6
export const PROGRESS_WORDS = 5

/** Orders that variants are compiled for; 16 KiB of workgroup memory hold 88, 32 KiB 126. */
const CAPS = [16, 32, 64, 88, 126] as const
const CAP_IN_16_KIB = 88
const BYTES_OF_LARGEST_CAP = 32_768

/** Matrices seen so far need up to 12; one that needs more is reported as not converged. */
export const MOST_SWEEPS = 24

/** Mesa's software adapter ends an invocation silently after 65,535 iterations. */
const MOST_ITERATIONS = 60_000

/** The largest order that the packed kernel holds on this adapter. */
export function largestJacobiOrder(gpu: Pick<Gpu, 'limits'>): number {
  return gpu.limits.maxComputeWorkgroupStorageSize >= BYTES_OF_LARGEST_CAP ? CAPS.at(-1)! : CAP_IN_16_KIB
}

export interface JacobiVariant {
  readonly cap: number
  readonly workers: number
  readonly eigenvectors: boolean
  /** Sweeps per dispatch: what fits the iteration limit and, on an adapter that computes on the CPU, about 50 ms. */
  readonly sweeps: number
}

/** @param largestOrder of the matrices of the batch; at most `largestJacobiOrder`. */
export function chooseJacobiVariant(
  gpu: Pick<Gpu, 'software'>,
  largestOrder: number,
  eigenvectors: boolean,
): JacobiVariant {
  const cap = CAPS.find((cap) => cap >= largestOrder)
  if (cap === undefined) throw new RangeError(`packed Jacobi holds orders up to ${CAPS.at(-1)}, not ${largestOrder}`)
  const workers = gpu.software || cap <= 32 ? 64 : cap === 64 ? 128 : 256
  const iterations = iterationsPerSweep(cap, workers, eigenvectors)
  const quick = gpu.software ? Math.max(1, Math.floor(4 * (64 / cap) ** 3)) : MOST_SWEEPS / 2
  return { cap, workers, eigenvectors, sweeps: Math.min(MOST_SWEEPS, quick, Math.floor(MOST_ITERATIONS / iterations)) }
}

/** Loop iterations of one invocation: rounds times blocks and vectors, then the sums by rows and by parts. */
function iterationsPerSweep(order: number, workers: number, eigenvectors: boolean): number {
  const slots = order / 2
  const blocks = Math.ceil((slots * (slots - 1)) / 2 / workers)
  const vectors = eigenvectors ? Math.ceil(order / workers) * (slots + 1) : 0
  return (order - 1) * (1 + blocks + vectors) + 2 * order + 64
}

export interface JacobiBuffers {
  readonly matrices: BufferSlice
  readonly descriptors: BufferSlice
  readonly iterates: BufferSlice
  readonly eigenvalues: BufferSlice
  readonly eigenvectors: BufferSlice
  readonly progress: BufferSlice
}

/** Enough dispatches for `mostSweeps` sweeps; those after the last matrix converged end at once. */
export function packedJacobiPlan(
  kernel: Kernel<typeof packedJacobi.bindings>,
  scope: BufferScope,
  buffers: JacobiBuffers,
  variant: JacobiVariant,
  orders: readonly number[],
  mostSweeps: number,
): Plan {
  const params = (begin: number, sweeps: number) =>
    wholeBuffer(scope.uniform('jacobi sweeps', packUniform(JACOBI_FIELDS, { begin, sweeps })))
  const operations = orders.reduce((sum, order) => sum + 6 * order ** 3 * (variant.eigenvectors ? 2 : 1), 0)
  const dispatch = (slice: BufferSlice, sweeps: number) =>
    kernel.dispatch({ ...buffers, params: slice }, [orders.length, 1, 1], operations * sweeps)

  const full = params(0, variant.sweeps)
  const first = Math.min(variant.sweeps, mostSweeps)
  const plan = [dispatch(params(1, first), first)]
  for (let done = first; done < mostSweeps; done += variant.sweeps) {
    const left = mostSweeps - done
    plan.push(left < variant.sweeps ? dispatch(params(0, left), left) : dispatch(full, variant.sweeps))
  }
  return plan
}
