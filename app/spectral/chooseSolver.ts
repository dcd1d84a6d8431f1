import type { Gpu } from '../gpu/device'
import type { SolverName } from '../metrics/spectrum'
import { SpectralError } from './errors'
import { largestJacobiOrder } from './kernels/packedJacobi'

export type Solver = 'auto' | SolverName

/** Order up to which spectra are computed at all. */
export const LARGEST_ORDER = 1024

/**
 * The solver for a matrix.
 * @param gpu undefined where there is none.
 * @param what the matrix's name in messages, as in “matrices[3]”.
 * @throws SpectralError `solver-unavailable` or `order-too-large`, saying which to choose instead.
 */
export function chooseSolver(
  gpu: Pick<Gpu, 'limits' | 'software'> | undefined,
  wanted: Solver,
  order: number,
  what: string,
): 'jacobi' | 'reference' {
  switch (wanted) {
    case 'reference':
      return 'reference'
    case 'auto':
      // Where the adapter computes on the CPU, the float64 solver is several times faster than Jacobi on it.
      return gpu && !gpu.software && order <= largestJacobiOrder(gpu) ? 'jacobi' : 'reference'
    case 'jacobi':
      return checkJacobi(gpu, order, what)
    default:
      throw new SpectralError(
        'solver-unavailable',
        `The solver “${wanted}” is not part of this version. Choose “auto”, “jacobi” or “reference”.`,
      )
  }
}

function checkJacobi(gpu: Pick<Gpu, 'limits'> | undefined, order: number, what: string): 'jacobi' {
  if (!gpu) {
    throw new SpectralError(
      'solver-unavailable',
      'The solver “jacobi” runs on the GPU and this browser offers none. Choose “auto” or “reference”.',
    )
  }
  const largest = largestJacobiOrder(gpu)
  if (order > largest) {
    throw new SpectralError(
      'order-too-large',
      `${what} has order ${order}; the solver “jacobi” goes up to ${largest} on this adapter. Choose “auto” or “reference”.`,
    )
  }
  return 'jacobi'
}
