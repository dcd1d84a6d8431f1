import type { MeasuredSpectrum } from '../metrics/spectrum'

type Solution = Pick<MeasuredSpectrum, 'state' | 'solver' | 'sweeps' | 'offDiagonalNorm'> & {
  /** Of the scatter matrix, descending. */
  readonly eigenvalues: Float64Array
}

/**
 * A solved scatter matrix as the spectrum of a covariance.
 * @param samples n; all positions of all images where each of them is a sample.
 * @param images how many those were; left out where no sample is a position of an image.
 */
export function measuredFromScatter(solution: Solution, samples: number, images?: number): MeasuredSpectrum {
  const eigenvalues = Float32Array.from(solution.eigenvalues, (eigenvalue) => eigenvalue / samples)
  // Variances beyond f32 (activations over 1e19) would leave infinities that no metric can divide by.
  const finite = solution.state !== 'non-finite' && eigenvalues.every(Number.isFinite)
  return {
    eigenvalues: finite ? eigenvalues : new Float32Array(eigenvalues.length),
    samples,
    ...(images !== undefined && { images }),
    state: finite ? solution.state : 'non-finite',
    solver: solution.solver,
    sweeps: solution.sweeps,
    offDiagonalNorm: solution.offDiagonalNorm / samples,
  }
}
