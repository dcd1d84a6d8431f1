/** A share in per cent without its sign, as short as a cell: “92”, “<1”; “–” where there is no share. */
export function formatFigure(share: number): string {
  if (Number.isNaN(share)) return '–'
  return share > 0 && share < 0.005 ? '<1' : String(Math.round(share * 100))
}

/** The same in a cell: nothing for none. */
export function formatCellShare(share: number): string {
  return share === 0 ? '' : formatFigure(share)
}

/** “948”, “10k”; nothing for none. */
export function formatCellCount(count: number): string {
  if (count === 0) return ''
  return count < 10_000 ? String(count) : `${Math.round(count / 1_000)}k`
}
