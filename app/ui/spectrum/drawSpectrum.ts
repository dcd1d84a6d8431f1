import type { Plot } from '../charts/plot'
import type { ReadToken } from '../charts/theme'
import type { ShareScale } from './spectrumScales'

/** Bars at least this wide (CSS pixels) are parted by a gap; thinner ones close up to an area. */
const partedBar = 4

/** λ by direction as bars: the first `k`, which carry δ, in the accent colour. */
export function drawScree(
  context: CanvasRenderingContext2D,
  plot: Plot,
  token: ReadToken,
  eigenvalues: Float32Array,
  k: number,
): void {
  const base = plot.top + plot.height
  const pitch = plot.x(2) - plot.x(1)
  const gap = pitch >= partedBar ? 1 : 0
  for (const isCarrying of [true, false]) {
    context.fillStyle = token(isCarrying ? '--accent' : '--line-strong')
    context.globalAlpha = isCarrying ? 1 : 0.55
    context.beginPath()
    const from = isCarrying ? 0 : k
    const to = isCarrying ? k : eigenvalues.length
    for (let index = from; index < to; index++) {
      const eigenvalue = eigenvalues[index]!
      if (!(eigenvalue > 0)) continue
      const top = Math.min(base, plot.y(eigenvalue))
      context.rect(plot.x(index + 0.5) + gap / 2, top, pitch - gap, base - top)
    }
    context.fill()
  }
  context.globalAlpha = 1
}

/** Share of variance that the first directions carry together, as a line, with a dot where it reaches δ. */
export function drawShares(
  context: CanvasRenderingContext2D,
  plot: Plot,
  token: ReadToken,
  cumulative: Float64Array,
  k: number,
  scale: ShareScale,
): void {
  const trace = cumulative.at(-1) ?? 0
  if (!(trace > 0)) return
  const yAt = (share: number) => plot.y(scale.toAxis(Math.min(1, share)))
  const trail = (from: number, to: number) => {
    context.beginPath()
    for (let index = from; index < to; index++) {
      const x = plot.x(index + 1)
      const y = yAt(cumulative[index]! / trace)
      if (index === from) context.moveTo(x, y)
      else context.lineTo(x, y)
    }
    context.stroke()
  }
  context.lineWidth = 1.75
  context.lineJoin = 'round'
  context.strokeStyle = token('--line-strong')
  trail(Math.max(0, k - 1), cumulative.length)
  context.strokeStyle = token('--accent')
  trail(0, k)
  if (k === 0) return
  context.fillStyle = token('--accent')
  context.beginPath()
  context.arc(plot.x(k), yAt(cumulative[k - 1]! / trace), 3.5, 0, 2 * Math.PI)
  context.fill()
}
