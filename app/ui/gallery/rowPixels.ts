import { viridis } from '../charts/viridis'
import { colourPosition } from '../saturation/colourScale'

/**
 * A row of the heatmap in the page's own colours, square-root spaced from 0 to 100 %.
 * @param directions [columns] k of each; 0 is a dead layer, which has no colour of the scale on the page either.
 * @param width d
 * @returns RGBA [columns, 4]
 */
export function rowPixels(directions: readonly number[], width: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * directions.length)
  directions.forEach((k, column) => {
    if (k > 0) pixels.set([...viridis(colourPosition(k / width, 'sqrt')), 255], 4 * column)
  })
  return pixels
}
