/** How the positions of a slider stand for values. */
export interface SliderScale {
  /** Ends and smallest movement, in positions. */
  readonly low: number
  readonly high: number
  readonly step: number
  /** Clamped to the ends. */
  toPosition(value: number): number
  toValue(position: number): number
}

interface SliderSpan {
  readonly low: number
  readonly high: number
  readonly scale: 'linear' | 'logarithmic'
}

/** Positions of a logarithmic slider per factor of ten: 12 % apart, so that no two round to the same two digits. */
const POSITIONS_PER_DECADE = 20

/**
 * @param step smallest change of a linear slider, in values; a logarithmic one moves by two significant digits.
 * @param reachesZero a logarithmic slider gets one more position at its lower end that means 0.
 */
export function sliderScale(span: SliderSpan, step: number, reachesZero: boolean): SliderScale {
  return span.scale === 'linear' ? linearScale(span, step) : logarithmicScale(span, step, reachesZero)
}

function linearScale({ low, high }: SliderSpan, step: number): SliderScale {
  return { low, high, step, toPosition: (value) => clamp(value, low, high), toValue: (position) => position }
}

function logarithmicScale(span: SliderSpan, valueStep: number, reachesZero: boolean): SliderScale {
  const lowest = Math.round(Math.log10(span.low) * POSITIONS_PER_DECADE)
  const high = Math.round(Math.log10(span.high) * POSITIONS_PER_DECADE)
  const low = reachesZero ? lowest - 1 : lowest
  return {
    low,
    high,
    step: 1,
    toPosition: (value) => (value > 0 ? clamp(Math.log10(value) * POSITIONS_PER_DECADE, low, high) : low),
    toValue(position) {
      if (reachesZero && position < lowest) return 0
      const value = clamp(10 ** (position / POSITIONS_PER_DECADE), span.low, span.high)
      return twoDigits(Number.isInteger(valueStep) ? Math.round(value) : value)
    },
  }
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2))
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
