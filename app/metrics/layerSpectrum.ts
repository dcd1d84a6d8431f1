import type { MeasuredSpectrum, SolverName, SpectrumState } from './spectrum'
import { cumulativeVariance, intrinsicDimension, intrinsicDimensionInterval, type Convention } from './varianceSums'

/** What one threshold makes of a measured spectrum. Where `state` is `non-finite` every metric is NaN. */
export interface LayerSpectrum {
  /** [d] Descending and as solved: rounding may leave tiny negatives, which the metrics take as 0. */
  readonly eigenvalues: Float32Array
  /** [d, d] Column j pairs with eigenvalue j. */
  readonly eigenvectors?: Float32Array
  /** k_δ: the smallest k with Σ_{i≤k} λ_i ≥ δ·Σλ (with `delve`: one less). */
  readonly intrinsicDimension: number
  /** k_δ / d */
  readonly saturation: number
  /** What k_δ can be in truth, given f32 and where the solver stopped. */
  readonly interval: readonly [low: number, high: number]
  /** δ */
  readonly threshold: number
  readonly convention: Convention
  /** Σλ */
  readonly trace: number
  /** Σ ln λ over λ > 0; `zeroEigenvalues` counts the others. */
  readonly logDeterminant: number
  readonly zeroEigenvalues: number
  /** exp(−Σ p ln p), p = λ/Σλ (Roy & Vetterli 2007, on eigenvalues); 0 for a dead layer. */
  readonly effectiveRank: number
  /** (Σλ)²/Σλ², the inverse Simpson index; 0 for a dead layer. */
  readonly participationRatio: number
  /** Σλ/λ₁; 0 for a dead layer. */
  readonly stableRank: number
  /** n */
  readonly samples: number
  /** Where every position of an image is one of the n samples: how many images. */
  readonly images?: number
  /** n/d */
  readonly samplesPerFeature: number
  /** n < 10·d, where the rank is at most n − 1 and k is biased low; or fewer than 64 images, whatever their positions. */
  readonly provisional: boolean
  readonly state: SpectrumState
  readonly solver: SolverName
  readonly sweeps: number
}

export interface SpectrumOptions {
  /** δ, 0 < δ ≤ 1. */
  readonly threshold: number
  readonly convention: Convention
}

/** Below this many samples per feature k is biased low: at d = 512 and true k 479, n = d gives 336 and 10·d gives 468. */
export const ENOUGH_SAMPLES_PER_FEATURE = 10
/** Positions of one image resemble each other, so that fewer images than this are few samples however large they are. */
export const ENOUGH_IMAGES = 64

/**
 * The fewest samples whose k is not provisional: ten rows per feature, of which a sample brings one per position, and 64
 * images where positions are rows.
 */
export function enoughSamples({ width, positions }: { readonly width: number; readonly positions: number }): number {
  const filling = Math.ceil((ENOUGH_SAMPLES_PER_FEATURE * width) / positions)
  return positions > 1 ? Math.max(filling, ENOUGH_IMAGES) : filling
}

/**
 * Everything that is said about one layer at one step.
 * @param width d: features of the layer, the denominator of saturation.
 */
export function describeSpectrum(measured: MeasuredSpectrum, width: number, options: SpectrumOptions): LayerSpectrum {
  const { threshold, convention } = options
  const { eigenvalues, samples, images, solver, sweeps } = measured
  const k = intrinsicDimension(measured, threshold, convention)
  return {
    eigenvalues,
    intrinsicDimension: k,
    saturation: k / width,
    interval: intrinsicDimensionInterval(measured, threshold, convention),
    threshold,
    convention,
    ...spectrumMoments(measured),
    samples,
    ...(images !== undefined && { images }),
    samplesPerFeature: samples / width,
    provisional: samples < ENOUGH_SAMPLES_PER_FEATURE * width || (images !== undefined && images < ENOUGH_IMAGES),
    state: spectrumState(measured),
    solver,
    sweeps,
  }
}

/** The first that applies of `non-finite`, `not-converged`, `dead` (no variance in more than one sample), `ok`. */
export function spectrumState(measured: MeasuredSpectrum): SpectrumState {
  if (measured.state !== 'ok') return measured.state
  const trace = cumulativeVariance(measured).at(-1) ?? 0
  // A single sample has no variance whatever the layer does, so it proves nothing.
  return trace === 0 && measured.samples > 1 ? 'dead' : 'ok'
}

type Moments = Pick<
  LayerSpectrum,
  'trace' | 'logDeterminant' | 'zeroEigenvalues' | 'effectiveRank' | 'participationRatio' | 'stableRank'
>

function spectrumMoments(measured: MeasuredSpectrum): Moments {
  if (measured.state === 'non-finite') return NOT_A_NUMBER
  const { eigenvalues } = measured
  const trace = cumulativeVariance(measured).at(-1) ?? 0
  let zeroEigenvalues = 0
  let logDeterminant = 0
  let entropy = 0
  let concentration = 0
  for (const eigenvalue of eigenvalues) {
    if (eigenvalue <= 0) {
      zeroEigenvalues++
      continue
    }
    const share = eigenvalue / trace
    logDeterminant += Math.log(eigenvalue)
    entropy -= share * Math.log(share)
    concentration += share * share
  }
  if (trace === 0) return { trace, logDeterminant, zeroEigenvalues, ...NO_RANK }
  return {
    trace,
    logDeterminant,
    zeroEigenvalues,
    effectiveRank: Math.exp(entropy),
    participationRatio: 1 / concentration,
    stableRank: trace / eigenvalues[0]!,
  }
}

const NO_RANK = { effectiveRank: 0, participationRatio: 0, stableRank: 0 }
const NOT_A_NUMBER: Moments = {
  trace: Number.NaN,
  logDeterminant: Number.NaN,
  zeroEigenvalues: Number.NaN,
  effectiveRank: Number.NaN,
  participationRatio: Number.NaN,
  stableRank: Number.NaN,
}
