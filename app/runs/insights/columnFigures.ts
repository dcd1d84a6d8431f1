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
}

/** Columns never change once measured, and a live run is judged again and again. */
const known = new WeakMap<HistoryColumn, ColumnFigures>()

export function columnFigures(column: HistoryColumn, threshold: number): ColumnFigures {
  const figures = known.get(column)
  if (figures?.threshold === threshold) return figures
  const made = {
    threshold,
    directions: Float64Array.from(column.spectra, (measured) => intrinsicDimension(measured, threshold, 'paper')),
    variance: figures?.variance ?? Float64Array.from(column.spectra, varianceOf),
  }
  known.set(column, made)
  return made
}

function varianceOf(measured: MeasuredSpectrum): number {
  if (measured.state === 'non-finite') return Number.NaN
  return cumulativeVariance(measured).at(-1) ?? 0
}
