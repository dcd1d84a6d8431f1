import type { Letter } from '../../runs/state'
import type { Cell } from './cellTable'

const minus = '\u2212'

/** A difference of saturations in percentage points: “+6 points”, “−1 point”, below one “+0.4 points”, “0 points”. */
export function formatPoints(difference: number): string {
  const points = Math.abs(difference) * 100
  const isSmall = points > 0 && points < 0.95
  const digits = points.toFixed(isSmall ? 1 : 0)
  if (Number(digits) === 0) return '0 points'
  return `${difference < 0 ? minus : '+'}${digits} ${digits === '1' ? 'point' : 'points'}`
}

/** A stop of the legend: “+25”, “0”, “−25”. */
export function formatLegendPoints(points: number): string {
  if (points === 0) return '0'
  return `${points < 0 ? minus : '+'}${Math.abs(points)}`
}

const reasons: Readonly<Record<Exclude<Cell, number>, string>> = {
  'non-finite': 'NaN or ∞',
  'not-converged': 'not converged',
  dead: 'dead',
  unmeasured: 'not measured',
}

/** The same of a cell, or why there is no difference. */
export function describeDifference(cell: Cell): string {
  return typeof cell === 'number' ? formatPoints(cell) : reasons[cell]
}

/** Why the layer of a row cannot be compared; undefined where both runs have it. */
export function describeUnmatched(
  own: number | undefined,
  baseline: number | undefined,
  letters: { readonly own: Letter; readonly baseline: Letter },
): string | undefined {
  if (own !== undefined && baseline !== undefined) return undefined
  if (own === undefined && baseline === undefined) return 'in neither'
  return `only in ${own === undefined ? letters.baseline : letters.own}`
}
