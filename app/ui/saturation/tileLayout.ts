import { axisHeight } from '../charts/Axes'
import type { ElementSize } from '../charts/useElementSize'
import { typePixels } from '../theme/typeScale'

/** Where one of several heatmaps lies in the box of the chart, CSS pixels; its heading is above it. */
export interface Tile {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** 0 where there is only one heatmap. */
  readonly headingHeight: number
  /** Whether steps are written below: all tiles share one axis, so only the lowest of a column has numbers. */
  readonly hasSteps: boolean
}

/** Room for a heading, pixels. */
export const headingRoom = () => typePixels(24)
/** Below numbers are left out, room for the ticks alone. */
export const ticksHeight = () => typePixels(5)
const columnGap = 24
const rowGap = 6
/** Narrower than this a heatmap beside another has no room for names, cells and values. */
const narrowestTile = 320
/** Ten rows that can be told apart. */
const lowestPlot = 92

/**
 * Boxes for `count` heatmaps with cells of the same size: side by side in two columns where there is room, else stacked.
 * @param isNamed whether there is a heading over each.
 */
export function tileLayout(size: ElementSize, count: number, isNamed: boolean): readonly Tile[] {
  const headingHeight = isNamed ? headingRoom() : 0
  const columns = columnsFor(size.width, count)
  const rows = Math.ceil(count / columns)
  const width = Math.floor((size.width - columnGap * (columns - 1)) / columns)
  const pitch = (size.height - axisHeight() + rowGap) / rows
  const plot = Math.max(0, Math.floor(pitch - rowGap - headingHeight))
  return Array.from({ length: count }, (_, index) => {
    const hasSteps = index + columns >= count
    return {
      left: (index % columns) * (width + columnGap),
      top: Math.floor(index / columns) * (plot + headingHeight + rowGap) + headingHeight,
      width,
      height: plot + (hasSteps ? axisHeight() : ticksHeight()),
      headingHeight,
      hasSteps,
    }
  })
}

/** The height below which that many heatmaps cannot be read; 0 where the usual height does. */
export function leastHeight(width: number, count: number): number {
  if (count <= 1) return 0
  const rows = Math.ceil(count / columnsFor(width, count))
  return rows * (headingRoom() + typePixels(lowestPlot)) + (rows - 1) * rowGap + axisHeight()
}

function columnsFor(width: number, count: number): number {
  return count > 1 && width >= 2 * typePixels(narrowestTile) + columnGap ? 2 : 1
}

/** The tile, without its heading, that holds a point of the chart. */
export function tileAt<Placed extends { readonly tile: Tile }>(
  placed: readonly Placed[],
  x: number,
  y: number,
): Placed | undefined {
  return placed.find(({ tile: { left, top, width, height } }) => {
    return x >= left && x <= left + width && y >= top && y <= top + height
  })
}
