import { formatCount } from '../common/format'

/** Numbers for people: few digits, a fixed shape so that nothing jitters, the unit after a narrow no-break space. */

const narrowSpace = '\u202f'
const minus = '\u2212'

/** A step on an axis: “500”, “1,000”, “20k”. */
export function formatStepTick(step: number): string {
  if (step >= 1_000_000 && step % 100_000 === 0) return `${step / 1_000_000}M`
  if (step >= 10_000 && step % 100 === 0) return `${step / 1_000}k`
  return formatCount(step)
}

/** A share between 0 and 1 in whole per cent, below one with one digit: “32 %”, “0.4 %”, “<0.1 %”; “0 %” only for 0. */
export function formatShare(share: number): string {
  const percent = share * 100
  if (!Number.isFinite(percent)) return '–'
  if (percent > 0 && percent < 0.05) return `<0.1${narrowSpace}%`
  return `${percent.toFixed(percent > 0 && percent < 0.95 ? 1 : 0)}${narrowSpace}%`
}

/** An accuracy with one decimal: the difference between 97.1 and 97.9 % is what is looked for. */
export function formatAccuracy(accuracy: number): string {
  return Number.isFinite(accuracy) ? `${(accuracy * 100).toFixed(1)}${narrowSpace}%` : '–'
}

/** A round share, as δ or a tick, in full: “99 %”, “99.9 %”, “97.5 %”. */
export function formatThreshold(threshold: number): string {
  return `${Number((threshold * 100).toFixed(4))}${narrowSpace}%`
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A power of ten on a logarithmic axis: “0.01”, “1”, “1,000”, and further out “10⁻⁴”. */
export function formatDecade(value: number): string {
  const exponent = Math.round(Math.log10(value))
  if (exponent >= 0 && exponent <= 3) return formatCount(10 ** exponent)
  if (exponent < 0 && exponent >= -2) return String(Number(`1e${exponent}`))
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => superscripts.charAt(Number(digit)))
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** Three significant digits, in exponent form only below 0.001 and from 100,000: “2.31”, “0.0123”, “12,400”, “3.1e−5”. */
export function formatMeasure(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 100_000 || size < 0.001) return value.toExponential(1).replace('e+', 'e').replaceAll('-', minus)
  if (size >= 1_000) return formatCount(Number(value.toPrecision(3))).replace('-', minus)
  return value.toPrecision(3).replace('-', minus)
}

/** A linear axis tick: the shortest text of a round number. */
export function formatTick(value: number): string {
  const size = Math.abs(value)
  if (size >= 100_000 || (size > 0 && size < 0.001)) return formatMeasure(value)
  return value.toLocaleString('en', { maximumFractionDigits: 6 }).replace('-', minus)
}
