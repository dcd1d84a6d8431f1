/** Where a row stands in its list, CSS pixels from the list's top. */
export interface RowPlace {
  readonly top: number
  readonly height: number
}

/** A row being dragged. */
export interface RowDrag {
  readonly from: number
  /** The place it would take if it were let go now. */
  readonly to: number
  /** How far it was moved, CSS pixels. */
  readonly offset: number
}

/**
 * @param places of all rows that can change places, from the top, as they stand while nothing moves.
 * @param moved CSS pixels by which the pointer moved since it took the row.
 */
export function dragRow(places: readonly RowPlace[], from: number, moved: number): RowDrag {
  const [first, row, last] = [places[0], places[from], places.at(-1)]
  if (!first || !row || !last) return { from, to: from, offset: 0 }
  const lowest = last.top + last.height - row.height - row.top
  const offset = Math.min(lowest, Math.max(first.top - row.top, moved))
  const edge = row.top + offset
  // A row gives way once the dragged one covers half of it, whichever of the two is taller.
  const above = places.filter(({ top, height }, index) => index < from && edge >= top + height / 2)
  const below = places.filter(({ top, height }, index) => index > from && edge + row.height > top + height / 2)
  return { from, to: above.length + below.length, offset }
}

/** Where the mark of the place goes that the dragged row would take: between two rows; undefined for its own. */
export function insertionMark(places: readonly RowPlace[], { from, to }: RowDrag): number | undefined {
  const there = places[to]
  if (!there || to === from) return undefined
  return to < from ? there.top : there.top + there.height
}

/** CSS pixels at either end of a scrolling area in which a dragged row makes it scroll. */
const EDGE_PIXELS = 40
const FASTEST_PIXELS_PER_FRAME = 10

/** How far to scroll in this frame with the pointer at `y` of the window: faster nearer the edge. */
export function edgeScroll(y: number, area: { readonly top: number; readonly bottom: number }): number {
  const upward = Math.min(1, Math.max(0, (area.top + EDGE_PIXELS - y) / EDGE_PIXELS))
  const downward = Math.min(1, Math.max(0, (y - area.bottom + EDGE_PIXELS) / EDGE_PIXELS))
  return (downward - upward) * FASTEST_PIXELS_PER_FRAME
}
