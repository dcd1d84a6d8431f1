import type { Plot } from '../charts/plot'
import type { Line } from './smoothing'

/**
 * Adds a line to the path. Where several points share a pixel column only the lowest and highest are kept: the picture
 * is the same and the path stays as short as the chart is wide. Scales are asked per column and not per point, which is
 * most of what drawing thousands of points would cost.
 */
export function tracePath(
  path: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>,
  line: Line,
  plot: Pick<Plot, 'x' | 'xAt' | 'y'>,
): void {
  let column = Number.NaN
  /** The first step beyond the column. */
  let columnEnd = -Infinity
  let [lowest, highest] = [0, 0]
  let isDrawing = false
  const flush = () => {
    if (Number.isNaN(column)) return
    const first = plot.y(highest)
    if (isDrawing) path.lineTo(column, first)
    else path.moveTo(column, first)
    if (highest !== lowest) path.lineTo(column, plot.y(lowest))
    isDrawing = true
    column = Number.NaN
  }
  for (let index = 0; index < line.length; index++) {
    const step = line.steps[index]!
    const value = line.values[index]!
    if (!Number.isFinite(value)) {
      flush()
      isDrawing = false
      columnEnd = -Infinity
      continue
    }
    if (step >= columnEnd) {
      flush()
      // Half pixels: as fine as screens of twice the density show.
      column = Math.round(2 * plot.x(step)) / 2
      columnEnd = plot.xAt(column + 0.25)
      lowest = value
      highest = value
    } else {
      lowest = Math.min(lowest, value)
      highest = Math.max(highest, value)
    }
  }
  flush()
}
