/** Lowest and highest value by feature. */
export interface UnitRanges {
  readonly lowest: Float64Array
  readonly highest: Float64Array
}

/** Smallest number that f32 holds in full precision; what is nearer to 0 counts as 0, as GPUs may take it. */
const SMALLEST_NORMAL = 2 ** -126

/**
 * Ranges of activations [rows, width] as f32 holds them: units that are saturated are constant there, whatever float64
 * still tells apart. NaN or an infinity makes a feature's range (−∞, ∞).
 */
export function unitRanges(values: ArrayLike<number>, rows: number, width: number): UnitRanges {
  const lowest = new Float64Array(width).fill(Infinity)
  const highest = new Float64Array(width).fill(-Infinity)
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < width; feature++) {
      const rounded = Math.fround(values[row * width + feature]!)
      const value = Math.abs(rounded) < SMALLEST_NORMAL ? 0 : rounded
      const finite = Number.isFinite(value)
      lowest[feature] = finite ? Math.min(lowest[feature]!, value) : -Infinity
      highest[feature] = finite ? Math.max(highest[feature]!, value) : Infinity
    }
  }
  return { lowest, highest }
}

/** How many features had one value in all rows. */
export function countConstant({ lowest, highest }: UnitRanges): number {
  return lowest.reduce((count, value, feature) => count + Number(value === highest[feature]), 0)
}

/** Mean of all activations [rows, width]. */
export function meanActivation(values: Float64Array, rows: number, width: number): number {
  return values.reduce((sum, value) => sum + value, 0) / (rows * width)
}
