/**
 * Position of the column that holds at `step`: the last one measured at or before it; the first column for earlier
 * steps; −1 where there are no columns. O(log n).
 */
export function columnIndexAt(columns: readonly { readonly step: number }[], step: number): number {
  let low = 0
  let high = columns.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (columns[middle]!.step <= step) low = middle + 1
    else high = middle
  }
  return Math.max(low - 1, Math.min(0, columns.length - 1))
}

/** The newest column, or the one that holds at `step`. */
export function shownColumn<Column extends { readonly step: number }>(
  columns: readonly Column[],
  step: number | undefined,
): Column | undefined {
  return step === undefined ? columns.at(-1) : columns[columnIndexAt(columns, step)]
}
