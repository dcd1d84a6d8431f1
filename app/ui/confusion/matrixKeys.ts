/** A cell by row and column as they are shown. */
export interface GridPlace {
  readonly row: number
  readonly column: number
}

/**
 * Where a key leads in a square of cells, as in the grids of the ARIA Authoring Practices: arrows to the next cell, Home
 * and End along the row, with Ctrl to the corners.
 * @returns undefined for keys that do not move.
 */
export function moveInGrid(
  { row, column }: GridPlace,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  size: number,
): GridPlace | undefined {
  const last = size - 1
  const within = (place: number): number => Math.min(last, Math.max(0, place))
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1), column }
    case 'ArrowDown':
      return { row: within(row + 1), column }
    case 'ArrowLeft':
      return { row, column: within(column - 1) }
    case 'ArrowRight':
      return { row, column: within(column + 1) }
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 }
    case 'End':
      return { row: ctrlKey ? last : row, column: last }
    default:
      return undefined
  }
}
