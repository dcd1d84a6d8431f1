/** Spectra and their metrics in float64, from the definitions alone: nothing here comes from the code under test. */

/** Metrics of one spectrum, with the names of a `LayerSpectrum`. */
export interface DefinedMetrics {
  readonly trace: number
  readonly effectiveRank: number
  readonly participationRatio: number
  readonly stableRank: number
  /** Smallest distance of a cumulative share from δ: where it is tiny, k may be one off in f32. */
  readonly margin: number
  /** k_δ of the paper. */
  readonly k: number
}

/** Σ(a − μ)(a − μ)ᵀ/n of activations [samples, features]: [features, features]. */
export function covarianceByDefinition(
  activations: ArrayLike<number>,
  samples: number,
  features: number,
): Float64Array {
  const mean = new Float64Array(features)
  for (let at = 0; at < samples * features; at++) mean[at % features]! += activations[at]! / samples
  const result = new Float64Array(features * features)
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < features; i++) {
      const deviation = activations[sample * features + i]! - mean[i]!
      for (let j = 0; j < features; j++) {
        result[i * features + j]! += (deviation * (activations[sample * features + j]! - mean[j]!)) / samples
      }
    }
  }
  return result
}

/** Eigenvalues of a symmetric matrix [order, order], descending, by the classical Jacobi method in rows and columns. */
export function eigenvaluesByDefinition(matrix: ArrayLike<number>, order: number): Float64Array {
  const largest = Array.from(matrix).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scale = largest > 0 ? largest : 1
  const work = Float64Array.from(matrix, (value) => value / scale)
  while (offDiagonal(work, order) > 1e-14 * order) {
    for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) annihilate(work, order, i, j)
  }
  const diagonal = Float64Array.from({ length: order }, (_, index) => work[index * (order + 1)]! * scale)
  return diagonal.toSorted().toReversed()
}

function offDiagonal(matrix: Float64Array, order: number): number {
  return matrix.reduce((sum, value, at) => (at % (order + 1) === 0 ? sum : sum + value * value), 0) ** 0.5
}

function annihilate(matrix: Float64Array, order: number, i: number, j: number): void {
  const coupling = matrix[i * order + j]!
  if (coupling === 0) return
  const angle = Math.atan2(2 * coupling, matrix[j * order + j]! - matrix[i * order + i]!) / 2
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  const rotate = (first: number, second: number): void => {
    const [x, y] = [matrix[first]!, matrix[second]!]
    matrix[first] = cosine * x - sine * y
    matrix[second] = sine * x + cosine * y
  }
  for (let k = 0; k < order; k++) rotate(k * order + i, k * order + j)
  for (let k = 0; k < order; k++) rotate(i * order + k, j * order + k)
}

/** k_δ: smallest k with Σ_{i≤k} λ_i ≥ δ·Σλ, negatives taken as 0; 0 where there is no variance. */
export function dimensionByDefinition(eigenvalues: ArrayLike<number>, threshold: number): number {
  const clamped = Array.from(eigenvalues, (value) => Math.max(0, value))
  const trace = clamped.reduce((sum, value) => sum + value, 0)
  let sum = 0
  let k = 0
  while (sum < threshold * trace) sum += clamped[k++]!
  return k
}

/** @param eigenvalues descending, of a layer with some variance. */
export function metricsByDefinition(eigenvalues: ArrayLike<number>, threshold: number): DefinedMetrics {
  const positive = Array.from(eigenvalues).filter((value) => value > 0)
  const trace = positive.reduce((sum, value) => sum + value, 0)
  const shares = positive.map((value) => value / trace)
  let sum = 0
  const sums = shares.map((share) => (sum += share))
  return {
    trace,
    effectiveRank: Math.exp(-shares.reduce((entropy, share) => entropy + share * Math.log(share), 0)),
    participationRatio: 1 / shares.reduce((squares, share) => squares + share * share, 0),
    stableRank: trace / positive[0]!,
    margin: Math.min(...sums.map((value) => Math.abs(value - threshold))),
    k: dimensionByDefinition(eigenvalues, threshold),
  }
}

/** Largest |difference| in units of the largest magnitude; what is not a number counts as infinitely far. */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity
  const largest = Math.max(...Array.from(expected, Math.abs))
  const differences = Array.from(actual, (value, index) => Math.abs(value - expected[index]!))
  const furthest = differences.reduce((most, value) => (Number.isNaN(value) ? Infinity : Math.max(most, value)), 0)
  return largest > 0 ? furthest / largest : furthest
}

/** Largest |Δλ|/λ₁ that the design allows a solver. */
export function eigenvalueBound(order: number): number {
  return Math.max(2e-6, 4e-8 * order)
}
