/**
 * Moves labels apart just enough that none overlap, keeping their order and staying within [low, high].
 * @param positions wanted middles, pixels, in any order.
 * @returns the middles by the same index.
 */
export function spreadLabels(positions: readonly number[], distance: number, low: number, high: number): number[] {
  const order = positions.map((_, index) => index).toSorted((a, b) => positions[a]! - positions[b]!)
  const spread = [...positions]
  let floor = low
  for (const index of order) {
    const middle = Math.max(floor, positions[index]!)
    spread[index] = middle
    floor = middle + distance
  }
  let ceiling = high
  for (const index of order.toReversed()) {
    const middle = Math.min(ceiling, spread[index]!)
    spread[index] = middle
    ceiling = middle - distance
  }
  return spread
}
