import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { cumulativeVariance } from '../../metrics/varianceSums'
import type { TableText } from '../charts/DataTable'
import { formatMeasure, formatShare } from '../charts/numbers'
import { formatCount } from '../common/format'

/** The spectrum as a table: of every direction its eigenvalue, its share of the variance, and what all up to it carry. */
export function eigenvalueTable(measured: MeasuredSpectrum): TableText {
  const sums = cumulativeVariance(measured)
  const trace = sums.at(-1) ?? 0
  return {
    columns: ['direction', 'eigenvalue λ', 'its share', 'all so far'],
    rows: Array.from(measured.eigenvalues, (eigenvalue, index) => [
      formatCount(index + 1),
      formatMeasure(eigenvalue),
      formatShare(Math.max(0, eigenvalue) / trace),
      formatShare((sums[index] ?? trace) / trace),
    ]),
  }
}
