import type { Line } from './smoothing'

/**
 * Adds a line to the context's path. Where several points share a pixel column only the lowest and highest are kept:
 * the picture is the same and the path stays as short as the chart is wide.
 * @param x pixel of a step
 * @param y pixel of a value
 */
export function tracePath(
  path: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>,
  line: Line,
  x: (step: number) => number,
  y: (value: number) => number,
): void {
  let column = Number.NaN
  let [low, high] = [0, 0]
  let isDrawing = false
  const flush = () => {
    if (Number.isNaN(column)) return
    if (isDrawing) path.lineTo(column, low)
    else path.moveTo(column, low)
    if (high !== low) path.lineTo(column, high)
    isDrawing = true
    column = Number.NaN
  }
  for (let index = 0; index < line.length; index++) {
    const value = line.values[index]!
    if (!Number.isFinite(value)) {
      flush()
      isDrawing = false
      continue
    }
    // Half pixels: as fine as screens of twice the density show.
    const pixel = Math.round(2 * x(line.steps[index]!)) / 2
    const height = y(value)
    if (pixel !== column) {
      flush()
      column = pixel
      low = height
      high = height
    } else {
      low = Math.min(low, height)
      high = Math.max(high, height)
    }
  }
  flush()
}
