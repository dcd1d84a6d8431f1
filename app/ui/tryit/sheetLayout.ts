/** Tiles of equal size in rows, CSS pixels. */
export interface SheetLayout {
  readonly count: number
  /** Pixels of the picture in a tile. */
  readonly source: Size
  readonly tile: Size
  readonly gap: number
  /** CSS pixels per pixel of the canvas, which the browser enlarges: 1 where the canvas has every pixel itself. */
  readonly zoom: number
  readonly columns: number
  readonly width: number
  readonly height: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** About how large a picture is shown, and a number by itself. */
const TILE_EDGE = 48
const CELL_EDGE = 12
const TILE_GAP = 4
/** A canvas is enlarged no further, or the gaps between its tiles, of whole pixels, would gape. */
const MOST_ZOOM = 4

/**
 * Lays tiles out in as many columns as there is room for. Every pixel of a picture is a whole number of pixels on the
 * screen wide; numbers without positions lie side by side.
 * @param columns exactly as many, where the tiles are a matrix.
 * @param edge about how large a tile is to be.
 */
export function layoutSheet(
  count: number,
  source: Size,
  available: number,
  { columns, edge = TILE_EDGE }: { readonly columns?: number | undefined; readonly edge?: number } = {},
): SheetLayout {
  const isCell = source.width * source.height === 1
  const wanted = isCell ? CELL_EDGE : Math.max(1, Math.round(edge / Math.max(source.width, source.height)))
  // A matrix keeps its columns, and its tiles shrink as far as they can.
  const widest = (available + (isCell ? 0 : TILE_GAP)) / (columns ?? 1)
  const fitting = Math.max(1, Math.floor((widest - (isCell ? 0 : TILE_GAP)) / source.width))
  const scale = Math.min(wanted, columns === undefined ? wanted : fitting)
  const zoom = isCell || scale <= MOST_ZOOM ? scale : 1
  const gap = isCell ? 0 : Math.max(1, Math.floor(TILE_GAP / zoom)) * zoom
  const tile = { width: source.width * scale, height: source.height * scale }
  const most = Math.max(1, Math.floor((available + gap) / (tile.width + gap)))
  const used = Math.min(count, columns ?? most)
  const rows = Math.ceil(count / used)
  return {
    count,
    source,
    tile,
    gap,
    zoom,
    columns: used,
    width: used * (tile.width + gap) - gap,
    height: rows * (tile.height + gap) - gap,
  }
}

/** Left upper corner of a tile. */
export function tilePlace({ columns, tile, gap }: SheetLayout, index: number): { left: number; top: number } {
  return {
    left: (index % columns) * (tile.width + gap),
    top: Math.floor(index / columns) * (tile.height + gap),
  }
}

/** The tile at a point, gaps to the tile before them; undefined where there is none. */
export function tileAt({ count, columns, tile, gap }: SheetLayout, x: number, y: number): number | undefined {
  const column = Math.floor(x / (tile.width + gap))
  const row = Math.floor(y / (tile.height + gap))
  const index = row * columns + column
  return column >= 0 && column < columns && row >= 0 && index < count ? index : undefined
}

/** The tile that a key moves to; undefined for keys that move nowhere. */
export function tileByKey({ count, columns }: SheetLayout, key: string, index: number): number | undefined {
  const to = (moved: number) => (moved >= 0 && moved < count ? moved : index)
  switch (key) {
    case 'ArrowLeft':
      return to(index - 1)
    case 'ArrowRight':
      return to(index + 1)
    case 'ArrowUp':
      return to(index - columns)
    case 'ArrowDown':
      return to(index + columns)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
