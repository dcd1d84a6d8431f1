/**
 * Rows whose name and value are shown: every `every`-th from the top, and the selected one, whose neighbours give way
 * where both would not fit.
 */
export function labelledRows(count: number, every: number, selected: number): ReadonlySet<number> {
  const rows = Array.from({ length: count }, (_, row) => row)
  return new Set(rows.filter((row) => row === selected || (row % every === 0 && isClear(row, selected, count, every))))
}

function isClear(row: number, selected: number, count: number, every: number): boolean {
  const isSelectionShown = selected >= 0 && selected < count
  return !isSelectionShown || Math.abs(row - selected) >= every
}
