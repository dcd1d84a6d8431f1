import type { Evidence } from '../../runs/insights/insight'
import type { Plot } from '../charts/plot'
import type { ReadToken } from '../charts/theme'
import type { RunLook } from '../compare/runLook'
import { spreadLabels } from '../curves/spreadLabels'
import type { Line } from '../curves/smoothing'
import { lineScale, tracePath } from '../curves/tracePath'
import { typePixels } from '../theme/typeScale'

interface EvidenceScene {
  readonly lines: readonly { readonly name: string; readonly line: Line }[]
  readonly evidence: readonly Evidence[]
  readonly look: RunLook
}

const levelDash = [3, 3]
const labelHeight = () => typePixels(13)
const pointRadius = 3.5

/** Spans as bands below, then the measured lines, then levels and points with their names. */
export function drawEvidence(
  context: CanvasRenderingContext2D,
  plot: Plot,
  token: ReadToken,
  { lines, evidence, look }: EvidenceScene,
): void {
  context.fillStyle = token('--accent-wash')
  for (const span of evidence) {
    if (span.kind !== 'span') continue
    const left = plot.x(span.from)
    context.fillRect(left, plot.top, Math.max(1, plot.x(span.to) - left), plot.height)
  }
  context.strokeStyle = token(look.colour)
  context.lineWidth = 1.5
  const scale = lineScale(context, plot)
  for (const { line } of lines) {
    context.beginPath()
    tracePath(context, line, scale)
    context.stroke()
  }
  context.strokeStyle = token('--warn')
  context.fillStyle = token('--warn')
  context.lineWidth = 1
  context.setLineDash(levelDash)
  const levels = distinctLevels(evidence)
  for (const { value } of levels) {
    context.beginPath()
    context.moveTo(plot.left, plot.y(value))
    context.lineTo(plot.left + plot.width, plot.y(value))
    context.stroke()
  }
  context.setLineDash([])
  for (const point of evidence) {
    if (point.kind !== 'point') continue
    context.beginPath()
    context.arc(plot.x(point.step), plot.y(point.value), pointRadius, 0, 2 * Math.PI)
    context.fill()
  }
}

export interface EvidenceLabel {
  readonly text: string
  readonly isLevel: boolean
  /** Middle, pixels from the top of the chart. */
  readonly y: number
}

/** Names beside the ends of lines and levels, moved apart so that none overlap. */
export function placeEvidenceLabels(
  plot: Plot,
  { lines, evidence }: Omit<EvidenceScene, 'look'>,
): readonly EvidenceLabel[] {
  const wanted = [
    ...lines.map(({ name, line }) => ({ text: name, isLevel: false, value: lastValue(line) })),
    ...distinctLevels(evidence).map(({ label, value }) => ({ text: label, isLevel: true, value })),
  ].filter(({ value }) => Number.isFinite(value))
  const bottom = plot.top + plot.height
  const middles = wanted.map(({ value }) => Math.min(bottom, Math.max(plot.top, plot.y(value))))
  const height = labelHeight()
  const spread = spreadLabels(middles, height, plot.top + height / 2, bottom - height / 2)
  return wanted.map(({ text, isLevel }, index) => ({ text, isLevel, y: spread[index]! }))
}

/** Highest value of anything drawn; 0 where there is nothing. */
export function highestEvidence({ lines, evidence }: Omit<EvidenceScene, 'look'>): number {
  let highest = 0
  for (const { line } of lines) {
    for (let index = 0; index < line.length; index++) {
      const value = line.values[index]!
      if (Number.isFinite(value)) highest = Math.max(highest, value)
    }
  }
  for (const item of evidence)
    if (item.kind !== 'span' && Number.isFinite(item.value)) highest = Math.max(highest, item.value)
  return highest
}

type Level = Extract<Evidence, { readonly kind: 'level' }>

/** Layers that are held against the same level have one line. */
function distinctLevels(evidence: readonly Evidence[]): readonly Level[] {
  const levels = evidence.filter((item) => item.kind === 'level')
  return levels.filter(
    ({ label, value }, index) => levels.findIndex((level) => level.label === label && level.value === value) === index,
  )
}

function lastValue({ values, length }: Line): number {
  for (let index = length - 1; index >= 0; index--) if (Number.isFinite(values[index]!)) return values[index]!
  return Number.NaN
}
