import type { Outline } from './outlines'

/** Red, green and blue, each in [0, 1]. */
export type Colour = readonly [red: number, green: number, blue: number]

/**
 * Fills a figure in a colour picture, [size, size, 3], row-major: a pixel whose centre is d pixels inside the outline
 * takes ½ + d of the colour, between none and all of it. Coordinates are in pixels.
 */
export function fillFigure(picture: Float32Array, size: number, outlines: readonly Outline[], colour: Colour): void {
  const columns = spanOf(outlines, 0, size)
  const rows = spanOf(outlines, 1, size)
  for (let row = rows.first; row < rows.end; row++) {
    for (let column = columns.first; column < columns.end; column++) {
      const covered = Math.min(1, 0.5 + signedDistance(outlines, column + 0.5, row + 0.5))
      if (covered <= 0) continue
      const pixel = (row * size + column) * 3
      for (let channel = 0; channel < 3; channel++) {
        const ground = picture[pixel + channel]!
        picture[pixel + channel] = ground + covered * (colour[channel]! - ground)
      }
    }
  }
}

/** The pixels along one axis that the figure may touch. */
function spanOf(outlines: readonly Outline[], axis: 0 | 1, size: number): { first: number; end: number } {
  let [low, high] = [Infinity, -Infinity]
  for (const outline of outlines) {
    for (let index = axis; index < outline.length; index += 2) {
      low = Math.min(low, outline[index]!)
      high = Math.max(high, outline[index]!)
    }
  }
  return { first: Math.max(0, Math.floor(low - 1)), end: Math.min(size, Math.ceil(high + 1)) }
}

/** Distance to the nearest edge, positive inside: where a ray to the right crosses an odd number of edges. */
function signedDistance(outlines: readonly Outline[], x: number, y: number): number {
  let squaredDistance = Infinity
  let isInside = false
  for (const outline of outlines) {
    let fromX = outline[outline.length - 2]! - x
    let fromY = outline[outline.length - 1]! - y
    for (let index = 0; index < outline.length; index += 2) {
      const toX = outline[index]! - x
      const toY = outline[index + 1]! - y
      const alongX = toX - fromX
      const alongY = toY - fromY
      const squaredLength = alongX * alongX + alongY * alongY
      const along = squaredLength > 0 ? -(fromX * alongX + fromY * alongY) / squaredLength : 0
      const nearest = Math.min(1, Math.max(0, along))
      const offsetX = fromX + nearest * alongX
      const offsetY = fromY + nearest * alongY
      squaredDistance = Math.min(squaredDistance, offsetX * offsetX + offsetY * offsetY)
      if (fromY > 0 !== toY > 0 && fromX - (fromY * alongX) / alongY > 0) isInside = !isInside
      fromX = toX
      fromY = toY
    }
  }
  return isInside ? Math.sqrt(squaredDistance) : -Math.sqrt(squaredDistance)
}
