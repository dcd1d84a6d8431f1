import { formatCount } from '../common/format'

/** How much a run has more or less than the baseline, in a form that keeps its meaning at any size. */

const narrowSpace = '\u202f'
const minus = '\u2212'

/** What stands where a run has the baseline's value: it is not repeated. */
export const same = 'same'

/** Of shares, in percentage points: “−1.2 points”. @param digits after the decimal point. */
export function differenceInPoints(value: number, baseline: number, digits: number): string | undefined {
  const points = (value - baseline) * 100
  if (!Number.isFinite(points)) return undefined
  const size = Math.abs(points).toFixed(digits)
  if (Number(size) === 0) return same
  return `${points < 0 ? minus : '+'}${size} ${Number(size) === 1 ? 'point' : 'points'}`
}

/** From here on a multiple says more than per cent. */
const largestPercent = 3

/** Of sizes: “−58 %”, “+12 %”, “3.4 ×”. Nothing where there is no ratio. */
export function differenceInSize(value: number, baseline: number): string | undefined {
  const ratio = value / baseline
  if (value === baseline) return same
  if (!Number.isFinite(ratio) || ratio < 0) return undefined
  if (ratio >= largestPercent) return `${ratio < 10 ? ratio.toFixed(1) : formatCount(ratio)}${narrowSpace}×`
  const sign = ratio < 1 ? minus : '+'
  const percent = Math.abs(ratio - 1) * 100
  const shown = percent.toFixed(percent >= 0.95 ? 0 : 1)
  return `${sign}${Number(shown) === 0 ? '<0.1' : shown}${narrowSpace}%`
}
