import { runLooks } from '../compare/runLook'
import type { Plot } from '../charts/plot'
import type { ReadToken } from '../charts/theme'
import { comparedPart, type RunCurves } from './runCurves'
import type { Line } from './smoothing'
import { lineScale, tracePath, type LineScale } from './tracePath'

/** The curves of one run, or those of several over each other; the later ones lie on top. */
export function drawCurves(
  context: CanvasRenderingContext2D,
  plot: Plot,
  token: ReadToken,
  curves: readonly RunCurves[],
): void {
  const brush = new Brush(context, plot, token)
  const [only] = curves
  if (only && curves.length === 1) drawAlone(brush, only)
  else drawTogether(brush, curves)
}

const rawOpacity = 0.22
const heldOutDash = [5, 4]

/** Training as a solid line over its faint raw values, held-out dashed, both in the colour of the run. */
function drawAlone(brush: Brush, { letter, raw, training, heldOut }: RunCurves): void {
  const { colour } = runLooks[letter]
  if (raw !== training) brush.stroke(raw, { colour, width: 1, opacity: rawOpacity })
  brush.stroke(training, { colour, width: 1.75 })
  brush.strokeWithHalo(heldOut, { colour, width: 1.75, dash: heldOutDash })
}

/** Widths and opacity of several runs' lines, where the dash tells the run and not the part: see CurveKey. */
export const strongLine = { width: 2, opacity: 1 }
export const faintLine = { width: 1, opacity: 0.6 }

/** Each run in its colour and dash: what is compared strong, and the training behind it thin and faint. */
function drawTogether(brush: Brush, curves: readonly RunCurves[]): void {
  const part = comparedPart(curves)
  if (part === 'heldOut') {
    for (const { letter, training } of curves) brush.stroke(training, { ...runLooks[letter], ...faintLine })
  }
  // Strong lines stand out from all faint ones; among themselves they show through each other's gaps where they agree.
  for (const { [part]: line } of curves) brush.stroke(line, halo)
  for (const { letter, [part]: line } of curves) brush.stroke(line, { ...runLooks[letter], ...strongLine })
}

interface Stroke {
  readonly colour: `--${string}`
  readonly width: number
  readonly opacity?: number
  readonly dash?: readonly number[]
}

/** Keeps the dashes of a line readable where it runs together with others. */
const halo: Stroke = { colour: '--surface', width: 4, opacity: 0.8 }

/** Strokes lines onto a plot. */
class Brush {
  readonly #context: CanvasRenderingContext2D
  readonly #scale: LineScale
  readonly #token: ReadToken

  constructor(context: CanvasRenderingContext2D, plot: Plot, token: ReadToken) {
    this.#context = context
    this.#token = token
    this.#scale = lineScale(context, plot)
    context.lineJoin = 'round'
  }

  stroke(line: Line, stroke: Stroke): void {
    this.#strokePath(this.#trace(line), stroke)
  }

  strokeWithHalo(line: Line, stroke: Stroke): void {
    const path = this.#trace(line)
    this.#strokePath(path, halo)
    this.#strokePath(path, stroke)
  }

  #trace(line: Line): Path2D {
    const path = new Path2D()
    tracePath(path, line, this.#scale)
    return path
  }

  #strokePath(path: Path2D, { colour, width, opacity = 1, dash = [] }: Stroke): void {
    const context = this.#context
    context.setLineDash([...dash])
    context.strokeStyle = this.#token(colour)
    context.lineWidth = width
    context.globalAlpha = opacity
    context.stroke(path)
  }
}
