import { accumulateReflections, reduceToTridiagonal } from './tridiagonalise'
import { iterateQl } from './implicitQl'

/** A symmetric matrix; only the lower triangle is read. */
export interface SymmetricMatrix {
  /** Element (i, j) at i·stride + j. */
  readonly values: Float32Array | Float64Array
  readonly order: number
  readonly stride: number
}

export interface SymmetricEigen {
  /** `non-finite`: the matrix holds NaN or infinity and eigenvalues are zeros. */
  readonly state: 'ok' | 'non-finite' | 'not-converged'
  /** [order] Descending. */
  readonly eigenvalues: Float64Array
  /** [order, order] Column j pairs with eigenvalue j. */
  readonly eigenvectors?: Float64Array
}

/**
 * All eigenvalues of a symmetric matrix in float64: Householder reflections to tridiagonal form, then implicit QL
 * (Golub & Van Loan §8.3; EISPACK tred2, tql2). Milliseconds at order 64, 128, 256, 512 here: about 0.5, 4, 29, 139.
 */
export function symmetricEigen(
  matrix: SymmetricMatrix,
  options: { readonly eigenvectors?: boolean } = {},
): SymmetricEigen {
  const { order } = matrix
  const work = new Float64Array(order * order)
  const largest = copyLowerTriangle(matrix, work)
  if (!Number.isFinite(largest)) return { state: 'non-finite', eigenvalues: new Float64Array(order) }
  // A power of two, so that scaling itself rounds nothing; squares of neither end then leave float64's range.
  const scale = largest > 0 ? 2 ** Math.max(-1022, Math.min(1022, Math.floor(Math.log2(largest)))) : 1
  if (scale !== 1) for (let index = 0; index < work.length; index++) work[index]! /= scale

  // Rows of zeros, dead units, keep their eigenvalue 0 exactly: mixed with the others it would come out as noise.
  const live = findLiveRows(work, order)
  const rank = live.length
  const diagonal = new Float64Array(order)
  const offDiagonal = new Float64Array(rank)
  const dense = rank === order ? work : keepRows(work, order, live)
  const halfNorms = reduceToTridiagonal(dense, rank, diagonal, offDiagonal)
  const rows = options.eigenvectors ? accumulateReflections(dense, rank, halfNorms) : undefined
  const converged = iterateQl(diagonal.subarray(0, rank), offDiagonal, rows)
  for (let index = 0; index < rank; index++) diagonal[index]! *= scale
  const vectors = rows && rank < order ? embedRows(rows, order, live) : rows
  return { state: converged ? 'ok' : 'not-converged', ...sortDescending(diagonal, vectors) }
}

/** Positions of the rows that hold any element but 0. */
function findLiveRows(work: Float64Array, order: number): Uint32Array {
  const live = new Uint8Array(order)
  for (let row = 0; row < order; row++) {
    for (let column = 0; column <= row; column++) {
      if (work[row * order + column] !== 0) live[row] = live[column] = 1
    }
  }
  return Uint32Array.from(live.keys()).filter((row) => live[row] === 1)
}

/** The matrix [rank, rank] of the kept rows and columns. */
function keepRows(work: Float64Array, order: number, kept: Uint32Array): Float64Array {
  const rank = kept.length
  const result = new Float64Array(rank * rank)
  kept.forEach((row, i) => kept.forEach((column, j) => (result[i * rank + j] = work[row * order + column]!)))
  return result
}

/** Eigenvectors in the rows of [rank, rank] as those of the whole matrix, followed by the unit vectors of its zero rows. */
function embedRows(rows: Float64Array, order: number, kept: Uint32Array): Float64Array {
  const rank = kept.length
  const result = new Float64Array(order * order)
  for (let i = 0; i < rank; i++) kept.forEach((row, j) => (result[i * order + row] = rows[i * rank + j]!))
  const known = new Set(kept)
  let next = rank
  for (let row = 0; row < order; row++) if (!known.has(row)) result[next++ * order + row] = 1
  return result
}

/** Fills the lower triangle of `work` [order, order] and returns the largest magnitude, NaN or infinity where there is any. */
function copyLowerTriangle({ values, order, stride }: SymmetricMatrix, work: Float64Array): number {
  let largest = 0
  for (let row = 0; row < order; row++) {
    for (let column = 0; column <= row; column++) {
      const value = values[row * stride + column]!
      work[row * order + column] = value
      const magnitude = Math.abs(value)
      // Written so that a NaN, for which no comparison holds, is kept once it has been met.
      if (!(magnitude <= largest)) largest = Number.isNaN(largest) ? largest : magnitude
    }
  }
  return largest
}

/** @param rows [order, order]: row i is the eigenvector of value i. */
function sortDescending(
  eigenvalues: Float64Array,
  rows: Float64Array | undefined,
): Pick<SymmetricEigen, 'eigenvalues' | 'eigenvectors'> {
  const order = eigenvalues.length
  if (!rows) return { eigenvalues: eigenvalues.toSorted().toReversed() }
  const positions = Array.from(eigenvalues.keys()).toSorted((a, b) => eigenvalues[b]! - eigenvalues[a]!)
  const eigenvectors = new Float64Array(order * order)
  positions.forEach((position, column) => {
    for (let row = 0; row < order; row++) eigenvectors[row * order + column] = rows[position * order + row]!
  })
  return { eigenvalues: Float64Array.from(positions, (position) => eigenvalues[position]!), eigenvectors }
}
