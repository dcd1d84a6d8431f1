/** What is known of a number of the spec; the schema takes the range from it, the page its slider and its words. */
export interface NumberSetting {
  readonly label: string
  /** Follows the value, as in “2,000 steps”. */
  readonly unit?: string
  /** One sentence for people who meet the setting for the first time. */
  readonly explanation: string
  readonly range: NumberRange
  /** What is worth trying; typing reaches the rest of the range. */
  readonly slider: Span
  /** Taken where a document omits the field, unless defaults.ts knows better for the kind of data or optimizer. */
  readonly default: number
}

/** Allowed values, both ends included. */
export interface NumberRange {
  readonly minimum: number
  readonly maximum: number
  /** Smallest sensible change; 1 for whole numbers. */
  readonly step: number
  readonly integer: boolean
}

interface Span {
  readonly low: number
  readonly high: number
  readonly scale: 'linear' | 'logarithmic'
}

export function linear(low: number, high: number): Span {
  return { low, high, scale: 'linear' }
}

export function logarithmic(low: number, high: number): Span {
  return { low, high, scale: 'logarithmic' }
}
