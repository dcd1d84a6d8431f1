/** Whether the numbers of a measured layer mean anything; the first that applies, in this order of severity. */
export type SpectrumState = 'non-finite' | 'not-converged' | 'dead' | 'ok'

/** The solver that computed a spectrum; `tracking`, `block-jacobi` and `tridiagonal` are reserved for large orders. */
export type SolverName = 'jacobi' | 'block-jacobi' | 'tridiagonal' | 'tracking' | 'reference'

/** What was measured of one tracked output at one step; every metric derives from it. */
export interface MeasuredSpectrum {
  /** Descending and as solved: rounding may leave tiny negatives. Zeros where `state` is `non-finite`. */
  readonly eigenvalues: Float32Array
  /** n: rows of the activation matrix that entered the covariance. */
  readonly samples: number
  /** Where every position of an image is a row: how many images there were; `samples` / `images` positions each. */
  readonly images?: number
  readonly state: Exclude<SpectrumState, 'dead'>
  readonly solver: SolverName
  readonly sweeps: number
  /** √(2Σ_{i<j} a_ij²) left when the solver stopped, in the units of the eigenvalues; 0 for direct solvers. */
  readonly offDiagonalNorm: number
}
