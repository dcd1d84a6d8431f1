import { formatSetting } from './format'

/** What a number field accepts, ends included. */
export interface NumberLimits {
  readonly min?: number
  readonly max?: number
  readonly integer?: boolean
}

export type ParsedNumber = { readonly value: number } | { readonly fault: string }

/** Reads what a person typed: thousands separators, a decimal comma where it cannot be a separator, “1e-3” and “−2” are understood. */
export function parseNumber(text: string, limits: NumberLimits): ParsedNumber {
  const plain = normalise(text)
  const value = plain === '' ? Number.NaN : Number(plain)
  const { min = -Infinity, max = Infinity, integer = false } = limits
  const fits = Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value))
  return fits ? { value } : { fault: `Expected ${describeLimits(limits)}.` }
}

function normalise(text: string): string {
  const compact = text.replace(/[\s_\u00a0\u202f]/g, '').replace('\u2212', '-')
  // “1,234,567” has thousands separators; “0,05” has a decimal comma.
  if (/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(compact)) return compact.replaceAll(',', '')
  return compact.replace(',', '.')
}

function describeLimits({ min, max, integer }: NumberLimits): string {
  const kind = integer ? 'a whole number' : 'a number'
  if (min !== undefined && max !== undefined) return `${kind} from ${formatSetting(min)} to ${formatSetting(max)}`
  if (min !== undefined) return `${kind} from ${formatSetting(min)} up`
  if (max !== undefined) return `${kind} up to ${formatSetting(max)}`
  return kind
}

/** Widths people choose; the stepper buttons of a width field walk along them. */
const ladder = [1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]

/** The nearest usual width above or below `value`; beyond the ends of the ladder, `value` doubled or halved. */
export function nextWidth(value: number, direction: 1 | -1): number {
  const found = direction > 0 ? ladder.find((rung) => rung > value) : ladder.findLast((rung) => rung < value)
  return found ?? Math.max(1, Math.round(direction > 0 ? value * 2 : value / 2))
}
