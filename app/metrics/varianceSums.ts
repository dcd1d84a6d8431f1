import type { MeasuredSpectrum } from './spectrum'

/** `paper`: k_δ as published; `delve`: the count Delve ships, which is k_δ − 1. */
export type Convention = 'paper' | 'delve'

/** Prefix sums of one spectrum, made once and kept as long as the spectrum: δ is dragged over whole histories. */
interface VarianceSums {
  /** [d] Σ_{i≤k} max(0, λ_i) at position k − 1. */
  readonly sums: Float64Array
  /** [d] The least and the most those sums can be in truth, made ascending; the same array as `sums` for direct solvers. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

const cache = new WeakMap<MeasuredSpectrum, VarianceSums>()

/** Half an ulp of f32, as a share of the trace and per feature: how far rounding may move a cumulative share. */
const SHARE_ROUNDING = 6e-8
const SMALLEST_ROUNDED_WIDTH = 8

/** [d] Σ_{i≤k} λ_i at position k − 1, negatives taken as 0; the last is the trace. Do not write to it. */
export function cumulativeVariance(measured: MeasuredSpectrum): Float64Array {
  return varianceSums(measured).sums
}

/**
 * k_δ: the smallest k with Σ_{i≤k} λ_i ≥ δ·Σλ; with `delve` #{i : cumulative share < δ} = k_δ − 1.
 * @param threshold δ, 0 < δ ≤ 1.
 * @returns 0 for a dead layer; NaN where the activations were not finite.
 */
export function intrinsicDimension(measured: MeasuredSpectrum, threshold: number, convention: Convention): number {
  if (measured.state === 'non-finite') return Number.NaN
  const { sums } = varianceSums(measured)
  return counted(firstReaching(sums, threshold * traceOf(sums)), convention)
}

/**
 * [k_lo, k_hi]: what k_δ can be in truth: k at δ ± max(d, 8)·6e-8, widened by the certificate of a solver that left
 * off-diagonal elements behind (Schur–Horn, Ky Fan: S(k) ≤ Σ top-k λ ≤ S(k) + √(k(d−k)/d)·E).
 */
export function intrinsicDimensionInterval(
  measured: MeasuredSpectrum,
  threshold: number,
  convention: Convention,
): readonly [low: number, high: number] {
  if (measured.state === 'non-finite') return [Number.NaN, Number.NaN]
  const { sums, lower, upper } = varianceSums(measured)
  const trace = traceOf(sums)
  const rounding = Math.max(sums.length, SMALLEST_ROUNDED_WIDTH) * SHARE_ROUNDING
  const low = firstReaching(upper, (threshold - rounding) * trace)
  const high = firstReaching(lower, Math.min(1, threshold + rounding) * trace)
  return [counted(low, convention), counted(high, convention)]
}

function varianceSums(measured: MeasuredSpectrum): VarianceSums {
  const known = cache.get(measured)
  if (known) return known
  const made = makeVarianceSums(measured)
  cache.set(measured, made)
  return made
}

function makeVarianceSums({ eigenvalues, offDiagonalNorm, state }: MeasuredSpectrum): VarianceSums {
  const width = eigenvalues.length
  const sums = new Float64Array(width)
  let sum = 0
  for (let index = 0; index < width; index++) {
    sum += Math.max(0, eigenvalues[index]!)
    sums[index] = sum
  }
  if (offDiagonalNorm === 0) return { sums, lower: sums, upper: sums }
  const largest = Math.max(Math.abs(eigenvalues[0] ?? 0), Math.abs(eigenvalues[width - 1] ?? 0))
  // A solver that went on to its end has its rounding within the δ interval; one cut short has not been shown to.
  const rounding = state === 'not-converged' ? width * 2 ** -22 * largest : 0
  const lower = new Float64Array(width)
  const upper = new Float64Array(width)
  let lowest = 0
  let highest = 0
  for (let index = 0; index < width; index++) {
    const k = index + 1
    lowest = Math.max(lowest, sums[index]! - k * rounding)
    highest = Math.max(highest, sums[index]! + Math.sqrt((k * (width - k)) / width) * offDiagonalNorm + k * rounding)
    lower[index] = lowest
    upper[index] = Math.min(highest, sum)
  }
  return { sums, lower, upper }
}

function traceOf(sums: Float64Array): number {
  return sums[sums.length - 1] ?? 0
}

/** The smallest k whose sum reaches `target`, at most d; 0 where there is no variance at all. `sums` ascend. */
function firstReaching(sums: Float64Array, target: number): number {
  if (traceOf(sums) === 0) return 0
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle]! >= target) high = middle
    else low = middle + 1
  }
  return low + 1
}

function counted(k: number, convention: Convention): number {
  return convention === 'delve' ? Math.max(0, k - 1) : k
}
