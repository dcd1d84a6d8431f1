/** Columns over which a tail must show, so that one noisy measurement makes none. */
const TAIL_COLUMNS = 20
const SHORTEST_TAIL = 2

/**
 * Finds the tail of a network: its last hidden layers, two or more, that each stay below half of the highest layer's
 * saturation (means over the last 20 columns).
 * @param saturations by hidden tracked layer, first to last: saturation by column, oldest first; NaN where unmeasured.
 * @returns the position of the tail's first layer, or undefined where there is none.
 */
export function findTail(saturations: readonly ArrayLike<number>[]): number | undefined {
  const means = saturations.map(meanOfLastColumns)
  const peak = Math.max(0, ...means.filter((mean) => !Number.isNaN(mean)))
  let first = means.length
  while (first > 0 && means[first - 1]! < peak / 2) first--
  return means.length - first >= SHORTEST_TAIL ? first : undefined
}

function meanOfLastColumns(columns: ArrayLike<number>): number {
  let sum = 0
  let count = 0
  for (let column = Math.max(0, columns.length - TAIL_COLUMNS); column < columns.length; column++) {
    const saturation = columns[column]!
    if (Number.isNaN(saturation)) continue
    sum += saturation
    count++
  }
  return sum / count
}
