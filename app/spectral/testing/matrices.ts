import type { SpectrumState } from '../../metrics/spectrum'
import { seededNormal } from './random'

/** A matrix every solver must get right. */
export interface HardMatrix {
  readonly name: string
  readonly order: number
  /** [order, order] row-major. */
  readonly values: Float32Array
  readonly state: Exclude<SpectrumState, 'not-converged'>
  /** k at δ = 0.99; meaningless where not finite. */
  readonly k: number
}

/** The matrices of the design’s list up to `largestOrder`. */
export function hardMatrices(largestOrder: number): readonly HardMatrix[] {
  return [
    ...trivialMatrices(),
    ...equalEigenvalues(),
    ...classicalMatrices(),
    ...extremeScales(),
    ...brokenMatrices(),
  ].filter(({ order }) => order <= largestOrder)
}

function trivialMatrices(): HardMatrix[] {
  return [
    { ...fill('zero of order 5', 5, () => 0), state: 'dead', k: 0 },
    { ...fill('a single 3', 1, () => 3), state: 'ok', k: 1 },
    { ...fill('a single −3', 1, () => -3), state: 'dead', k: 0 },
    { ...fill('[[1, 1], [1, 1]]', 2, () => 1), state: 'ok', k: 1 },
    { ...fill('equal diagonal with 1e-9 off it', 2, (i, j) => (i === j ? 1 : 1e-9)), state: 'ok', k: 2 },
    { ...fill('negative definite', 6, (i, j) => (i === j ? -2 : 0.1)), state: 'dead', k: 0 },
  ]
}

function equalEigenvalues(): HardMatrix[] {
  const identities = [8, 32, 64, 88].map((order): HardMatrix => ({
    ...fill(`identity of order ${order}`, order, (i, j) => Number(i === j)),
    state: 'ok',
    k: order,
  }))
  const ones = [3, 16, 88].map((order): HardMatrix => ({
    ...fill(`all ones of order ${order}`, order, () => 1),
    state: 'ok',
    k: 1,
  }))
  const nearIdentity = fill(
    'identity plus 1e-6 of a dense one',
    33,
    (i, j) => Number(i === j) + 1e-6 * Math.cos(i) * Math.cos(j),
  )
  const repeated = withEigenvalues(
    'eigenvalues 1, 2, 3, 4, each 16-fold',
    Array.from({ length: 64 }, (_, index) => 1 + (index % 4)),
    64,
  )
  return [...identities, ...ones, { ...nearIdentity, state: 'ok', k: 33 }, { ...repeated, state: 'ok', k: 63 }]
}

function classicalMatrices(): HardMatrix[] {
  const halfDead = withEigenvalues('half-dead units', [5, 3, 2, 1], 4)
  const spike = Array.from({ length: 24 }, (_, index) => (index === 0 ? 1e6 : 1))
  return [
    { ...fill('Hilbert of order 12', 12, (i, j) => 1 / (i + j + 1)), state: 'ok', k: 3 },
    {
      ...fill('Wilkinson of order 21', 21, (i, j) => (i === j ? Math.abs(i - 10) : Number(Math.abs(i - j) === 1))),
      state: 'ok',
      k: 19,
    },
    {
      ...fill('second differences of order 64', 64, (i, j) => (i === j ? 2 : -Number(Math.abs(i - j) === 1))),
      state: 'ok',
      k: 53,
    },
    {
      ...fill('half-dead units', 8, (i, j) => (i % 2 || j % 2 ? 0 : halfDead.values[(i / 2) * 4 + j / 2]!)),
      state: 'ok',
      k: 4,
    },
    { ...withEigenvalues('one spike of 1e6', spike, 25), state: 'ok', k: 1 },
    { ...withEigenvalues('odd order 15', [8, 4, 2, 1, 0.5, 0.25, ...Array<number>(9).fill(0)], 15), state: 'ok', k: 6 },
    { ...withEigenvalues('odd order 87', Array<number>(87).fill(1), 87), state: 'ok', k: 87 },
  ]
}

function extremeScales(): HardMatrix[] {
  return [1e-36, 1e-12, 1e12, 1e36].flatMap((scale) => {
    const decaying = withEigenvalues(
      '',
      Array.from({ length: 30 }, (_, index) => 0.7 ** index),
      30,
    )
    const matrix = fill(`decaying spectrum times ${scale}`, 30, (i, j) => scale * decaying.values[i * 30 + j]!)
    return [{ ...matrix, state: 'ok', k: 13 }]
  })
}

function brokenMatrices(): HardMatrix[] {
  return [Number.NaN, Infinity, -Infinity].flatMap((value) =>
    [2, 17].map((order): HardMatrix => {
      const matrix = fill(`${value} in order ${order}`, order, (i, j) =>
        i === order - 1 && j === 0 ? value : Number(i === j),
      )
      matrix.values[order - 1] = value
      return { ...matrix, state: 'non-finite', k: Number.NaN }
    }),
  )
}

function fill(
  name: string,
  order: number,
  element: (row: number, column: number) => number,
): Pick<HardMatrix, 'name' | 'order' | 'values'> {
  const values = Float32Array.from({ length: order * order }, (_, index) =>
    element(Math.floor(index / order), index % order),
  )
  return { name, order, values }
}

/** Q diag(λ) Qᵀ with Q a product of as many random reflections as there are rows: symmetric to the last bit. */
export function withEigenvalues(
  name: string,
  eigenvalues: ArrayLike<number>,
  seed: number,
): Pick<HardMatrix, 'name' | 'order' | 'values'> {
  const order = eigenvalues.length
  const normal = seededNormal(seed)
  const matrix = Float64Array.from({ length: order * order }, (_, index) =>
    index % (order + 1) === 0 ? eigenvalues[index / (order + 1)]! : 0,
  )
  for (let reflection = 0; reflection < order; reflection++)
    reflect(matrix, Float64Array.from({ length: order }, normal))
  return fill(name, order, (i, j) => matrix[Math.max(i, j) * order + Math.min(i, j)]!)
}

/** A ← HAH with H = I − 2uuᵀ/|u|². */
function reflect(matrix: Float64Array, vector: Float64Array): void {
  const order = vector.length
  const half = vector.reduce((sum, element) => sum + element * element, 0) / 2
  const product = vector.map((_, i) =>
    vector.reduce((sum, element, j) => sum + (matrix[i * order + j]! * element) / half, 0),
  )
  const projection = vector.reduce((sum, element, i) => sum + element * product[i]!, 0) / (2 * half)
  for (let i = 0; i < order; i++) product[i]! -= projection * vector[i]!
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) matrix[i * order + j]! -= vector[i]! * product[j]! + product[i]! * vector[j]!
  }
}

/** ‖AV − VΛ‖_F and ‖VᵀV − I‖_F of eigenvectors in columns, and ‖A‖_F. */
export function eigenResiduals(
  values: ArrayLike<number>,
  eigenvalues: ArrayLike<number>,
  eigenvectors: ArrayLike<number>,
): { readonly residual: number; readonly orthogonality: number; readonly norm: number } {
  const order = eigenvalues.length
  let residual = 0
  let orthogonality = 0
  let norm = 0
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      let product = 0
      let overlap = 0
      for (let k = 0; k < order; k++) {
        product += values[i * order + k]! * eigenvectors[k * order + j]!
        overlap += eigenvectors[k * order + i]! * eigenvectors[k * order + j]!
      }
      residual += (product - eigenvectors[i * order + j]! * eigenvalues[j]!) ** 2
      orthogonality += (overlap - Number(i === j)) ** 2
      norm += values[i * order + j]! ** 2
    }
  }
  return { residual: Math.sqrt(residual), orthogonality: Math.sqrt(orthogonality), norm: Math.sqrt(norm) }
}
