/** Where rows and columns of the heatmap lie. Edges rest on device pixels, so that cells meet without seams or blur. */

export interface Band {
  readonly start: number
  readonly size: number
}

/** Vertical bands of `count` rows in [top, top + height], CSS pixels, a hairline apart where rows are tall enough. */
export function rowBands(top: number, height: number, count: number, pixelRatio: number): readonly Band[] {
  const pitch = height / Math.max(1, count)
  const gap = pitch >= 20 ? 2 : pitch >= 5 ? 1 : 0
  return Array.from({ length: count }, (_, row) => {
    const start = toDevicePixel(top + row * pitch, pixelRatio)
    const end = toDevicePixel(top + (row + 1) * pitch, pixelRatio)
    return { start, size: Math.max(1 / pixelRatio, end - start - gap) }
  })
}

/** Row at height `y`, or undefined outside. */
export function rowAt(y: number, top: number, height: number, count: number): number | undefined {
  const row = Math.floor(((y - top) / height) * count)
  return row >= 0 && row < count ? row : undefined
}

/** The newest column may stand for no steps yet; it is drawn this wide so that it can be seen arriving, CSS pixels. */
const newestMinimum = 2

/**
 * Left edges of the columns and the right edge of the last, in CSS pixels on device pixels: a column holds from its
 * step until the next one's, the newest until `heldUntil`, the step training has reached.
 */
export function columnEdges(
  steps: readonly number[],
  heldUntil: number,
  toX: (step: number) => number,
  rightmost: number,
  pixelRatio: number,
): readonly number[] {
  const edges = steps.map((step) => toDevicePixel(toX(step), pixelRatio))
  const last = edges.at(-1)
  if (last === undefined) return edges
  const end = Math.max(last + newestMinimum, toDevicePixel(toX(heldUntil), pixelRatio))
  return [...edges, Math.max(last, Math.min(end, toDevicePixel(rightmost, pixelRatio)))]
}

function toDevicePixel(position: number, pixelRatio: number): number {
  return Math.round(position * pixelRatio) / pixelRatio
}
