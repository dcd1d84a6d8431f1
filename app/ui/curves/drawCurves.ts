import type { Plot } from '../charts/plot'
import type { ReadToken } from '../charts/theme'
import type { RunLook } from '../compare/runLook'
import type { Line } from './smoothing'
import { tracePath } from './tracePath'

export interface CurveLines {
  /** As recorded, drawn faintly behind its average. */
  readonly raw: Line
  readonly training: Line
  readonly heldOut: Line
}

const dash = [5, 4]
const rawOpacity = 0.22

/** Training as a solid line over its faint raw values, held-out dashed, both in the colour of the run. */
export function drawCurves(
  context: CanvasRenderingContext2D,
  plot: Plot,
  token: ReadToken,
  lines: CurveLines,
  { colour }: RunLook,
): void {
  const stroke = (line: Line, width: number, opacity: number, pattern: readonly number[]) => {
    context.beginPath()
    tracePath(context, line, plot.x, plot.y)
    context.setLineDash([...pattern])
    context.lineWidth = width
    context.globalAlpha = opacity
    context.stroke()
  }
  context.strokeStyle = token(colour)
  context.lineJoin = 'round'
  if (lines.raw !== lines.training) stroke(lines.raw, 1, rawOpacity, [])
  stroke(lines.training, 1.75, 1, [])
  // A halo keeps the dashes readable where both lines run together.
  context.strokeStyle = token('--surface')
  stroke(lines.heldOut, 4, 0.8, [])
  context.strokeStyle = token(colour)
  stroke(lines.heldOut, 1.75, 1, dash)
  context.globalAlpha = 1
}
