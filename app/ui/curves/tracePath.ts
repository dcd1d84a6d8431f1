import type { Plot } from '../charts/plot'
import type { Line } from './smoothing'

/** Where steps and values lie, with as little to work out for every point as can be. */
export interface LineScale {
  /** Pixel of step 0, and pixels per step. */
  readonly origin: number
  readonly pixelsPerStep: number
  /** Pixel of a value; rises or falls throughout. */
  readonly y: (value: number) => number
  /** Columns per pixel: finer than the screen nobody sees them. */
  readonly density: number
}

/** Where lines lie on a plot over steps, for a context that draws in the plot's own pixels. */
export function lineScale(context: Pick<CanvasRenderingContext2D, 'getTransform'>, plot: Plot): LineScale {
  const { left, width, xAt, y } = plot
  // Steps are evenly spaced, so two of them tell where all others lie.
  const pixelsPerStep = width / (xAt(left + width) - xAt(left))
  const origin = left - xAt(left) * pixelsPerStep
  return { origin, pixelsPerStep, y, density: Math.max(1, Math.ceil(context.getTransform().a)) }
}

/**
 * Adds a line to the path. Where several points share a pixel column only the lowest and highest are kept: the picture
 * is the same and the path stays as short as the chart is wide.
 */
export function tracePath(
  path: Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo'>,
  line: Line,
  { origin, pixelsPerStep, y, density }: LineScale,
): void {
  let column = Number.NaN
  let [lowest, highest] = [0, 0]
  let isDrawing = false
  const flush = () => {
    if (Number.isNaN(column)) return
    const x = column / density
    if (isDrawing) path.lineTo(x, y(highest))
    else path.moveTo(x, y(highest))
    if (highest !== lowest) path.lineTo(x, y(lowest))
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
    const at = Math.round((origin + line.steps[index]! * pixelsPerStep) * density)
    if (at !== column) {
      flush()
      column = at
      lowest = value
      highest = value
    } else if (value < lowest) {
      lowest = value
    } else if (value > highest) {
      highest = value
    }
  }
  flush()
}
