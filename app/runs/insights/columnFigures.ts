import { describeSpectrum } from '../../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { cumulativeVariance, intrinsicDimension } from '../../metrics/varianceSums'
import type { HistoryColumn } from '../state'

/** What the rules need of a column's spectra, by output; NaN where nothing was measured. */
interface ColumnFigures {
  /** δ the directions are counted at. */
  readonly threshold: number
  /** k as published, whatever the convention on screen: the rules count as the paper does. */
  readonly directions: Float64Array
  /** Σλ */
  readonly variance: Float64Array
  /** exp of the entropy of λ/Σλ */
  readonly effectiveRank: Float64Array
}

const known = new WeakMap<HistoryColumn, ColumnFigures>()

/**
 * Worked out once per column, as columns never change once measured, and asked for when a column arrives, so that no
 * look at a run has to do it for a whole history. Another δ only counts the directions anew.
 */
export function columnFigures(column: HistoryColumn, threshold: number): ColumnFigures {
  const figures = known.get(column)
  if (figures?.threshold === threshold) return figures
  const { spectra } = column
  const made = {
    threshold,
    directions: Float64Array.from(spectra, (measured) => intrinsicDimension(measured, threshold, 'paper')),
    variance: figures?.variance ?? Float64Array.from(spectra, varianceOf),
    effectiveRank: figures?.effectiveRank ?? Float64Array.from(spectra, rankOf),
  }
  known.set(column, made)
  return made
}

function varianceOf(measured: MeasuredSpectrum): number {
  if (measured.state === 'non-finite') return Number.NaN
  return cumulativeVariance(measured).at(-1) ?? 0
}

function rankOf(measured: MeasuredSpectrum): number {
  // The effective rank depends on neither of these.
  const options = { threshold: 1, convention: 'paper' } as const
  return describeSpectrum(measured, measured.eigenvalues.length, options).effectiveRank
}
