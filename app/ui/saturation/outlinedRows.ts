/** Rows of a heatmap that lie directly below each other, both ends included. */
interface RowGroup {
  readonly first: number
  readonly last: number
}

/**
 * The rows that show any of `outputs`, neighbours together.
 * @param places which output each row is; undefined where the run has no such layer.
 */
export function outlinedRows(places: readonly (number | undefined)[], outputs: readonly number[]): readonly RowGroup[] {
  const groups: RowGroup[] = []
  places.forEach((place, row) => {
    if (place === undefined || !outputs.includes(place)) return
    const before = groups.at(-1)
    if (before?.last === row - 1) groups[groups.length - 1] = { ...before, last: row }
    else groups.push({ first: row, last: row })
  })
  return groups
}
