/** As `packed_jacobi.wgsl`: the same order of rotations, the same formulas and the same rule to stop, in float64. */

const CONVERGED_OFF = 2e-7
const STALLED_OFF = 1e-5
const NEGLIGIBLE = 2 ** -40

export interface JacobiResult {
  /** [order] In the order of the diagonal. */
  readonly eigenvalues: Float64Array
  /** [order, order] Row i is the eigenvector of eigenvalue i. */
  readonly eigenvectors: Float64Array
  readonly state: 'ok' | 'non-finite' | 'not-converged'
  readonly sweeps: number
  readonly offDiagonalNorm: number
}

/** @param values [order, order] symmetric, row-major. */
export function packedJacobi(values: ArrayLike<number>, order: number, mostSweeps: number): JacobiResult {
  const largest = Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const vectors = identity(order)
  const nothing = { eigenvalues: new Float64Array(order), eigenvectors: vectors, sweeps: 0, offDiagonalNorm: 0 }
  if (!Number.isFinite(largest)) return { ...nothing, state: 'non-finite' }
  if (largest === 0) return { ...nothing, state: 'ok' }
  const scale = 2 ** Math.floor(Math.log2(largest))
  const matrix = Float64Array.from(values, (value) => value / scale)
  const norm = Math.sqrt(matrix.reduce((sum, value) => sum + value * value, 0))

  let sweeps = 0
  let off = Infinity
  let converged = false
  for (;;) {
    const previous = off
    const diagonal = largestDiagonal(matrix, order)
    off = offDiagonalNorm(matrix, order)
    converged = off <= CONVERGED_OFF * diagonal && (sweeps > 0 || off === 0)
    if (off <= STALLED_OFF * norm && off > 0.5 * previous) converged = true
    if (converged || sweeps === mostSweeps) break
    sweep(matrix, vectors, order)
    sweeps++
  }
  const eigenvalues = Float64Array.from({ length: order }, (_, index) => matrix[index * order + index]! * scale)
  const state = converged ? 'ok' : 'not-converged'
  return { eigenvalues, eigenvectors: vectors, state, sweeps, offDiagonalNorm: off * scale }
}

function identity(order: number): Float64Array {
  return Float64Array.from({ length: order * order }, (_, index) => (index % (order + 1) === 0 ? 1 : 0))
}

function offDiagonalNorm(matrix: Float64Array, order: number): number {
  let squares = 0
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < i; j++) squares += 2 * matrix[i * order + j]! ** 2
  }
  return Math.sqrt(squares)
}

function largestDiagonal(matrix: Float64Array, order: number): number {
  let largest = 0
  for (let i = 0; i < order; i++) largest = Math.max(largest, Math.abs(matrix[i * order + i]!))
  return largest
}

function sweep(matrix: Float64Array, vectors: Float64Array, order: number): void {
  const circle = (order - 1) | 1
  for (let round = 0; round < circle; round++) {
    for (let slot = 0; slot < (circle + 1) / 2; slot++) {
      const i = slot === 0 ? circle : (round + slot) % circle
      const j = slot === 0 ? round : (round - slot + circle) % circle
      // Pairs of a round are disjoint, so that one after another is the same as all at once.
      if (i < order && j < order) rotate(matrix, vectors, order, i, j)
    }
  }
}

function rotate(matrix: Float64Array, vectors: Float64Array, order: number, i: number, j: number): void {
  const coupling = matrix[i * order + j]!
  if (Math.abs(coupling) <= NEGLIGIBLE) return
  const difference = matrix[j * order + j]! - matrix[i * order + i]!
  const radius = Math.hypot(difference, 2 * coupling)
  const tangent = (2 * coupling) / (difference + (difference >= 0 ? radius : -radius))
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = tangent * cosine
  const tau = sine / (1 + cosine)
  for (let k = 0; k < order; k++) turn(matrix, k * order + i, k * order + j, sine, tau)
  for (let k = 0; k < order; k++) turn(matrix, i * order + k, j * order + k, sine, tau)
  for (let k = 0; k < order; k++) turn(vectors, i * order + k, j * order + k, sine, tau)
  matrix[i * order + j] = 0
  matrix[j * order + i] = 0
}

function turn(values: Float64Array, first: number, second: number, sine: number, tau: number): void {
  const x = values[first]!
  const y = values[second]!
  values[first] = x - sine * (y + tau * x)
  values[second] = y + sine * (x - tau * y)
}
