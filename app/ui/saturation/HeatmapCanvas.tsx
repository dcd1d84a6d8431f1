import { useLayoutEffect, useRef } from 'react'
import type { HistoryColumn } from '../../runs/state'
import { prepareCanvas } from '../charts/canvas'
import { tokensOf } from '../charts/theme'
import { HeatmapPainter, type HeatmapFills, type HeatmapScene } from './HeatmapPainter'
import styles from './saturation.module.css'
import { stripes } from './patterns'

interface HeatmapCanvasProps {
  /** A new object when cells, colours or geometry changed; the same one while columns arrive. */
  readonly scene: HeatmapScene
  readonly columns: readonly HistoryColumn[]
  /** The step training has reached. */
  readonly step: number
}

/** The cells. Painted outside React: an update fills only the rectangles that are new. */
export function HeatmapCanvas({ scene, columns, step }: HeatmapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<HeatmapPainter>(undefined)
  const { plot } = scene

  useLayoutEffect(() => {
    if (painter.current?.scene !== scene)
      painter.current = canvas.current ? startPainter(canvas.current, scene) : undefined
    painter.current?.paint(columns, step)
  }, [scene, columns, step])

  return (
    <canvas
      ref={canvas}
      className={styles['cells']}
      style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
      aria-hidden="true"
    />
  )
}

function startPainter(canvas: HTMLCanvasElement, scene: HeatmapScene): HeatmapPainter | undefined {
  const { plot, pixelRatio } = scene
  const context = prepareCanvas(canvas, plot.width, plot.height, pixelRatio)
  return context && new HeatmapPainter(context, scene, knownFills(context, scene))
}

/** CSS pixels between stripes. */
const hatchSpacing = 7
const markSpacing = 8

let kept: { readonly key: string; readonly fills: HeatmapFills } | undefined

/** Patterns serve every canvas of a theme; making them anew at every δ would be felt while dragging it. */
function knownFills(context: CanvasRenderingContext2D, scene: HeatmapScene): HeatmapFills {
  const key = `${scene.themeKey} ${scene.pixelRatio}`
  if (kept?.key !== key) kept = { key, fills: makeFills(context, scene) }
  return kept.fills
}

function makeFills(context: CanvasRenderingContext2D, { themeKey, pixelRatio }: HeatmapScene): HeatmapFills {
  const token = tokensOf(themeKey)
  const surface = token('--surface-sunken')
  const hatch = { background: token('--surface'), line: token('--grid'), spacing: hatchSpacing, weight: 1 }
  const mark = { background: surface, spacing: markSpacing, weight: 1, crossed: true }
  return {
    unmeasured: stripes(context, hatch, pixelRatio),
    dead: stripes(context, { ...mark, line: token('--ink-faint') }, pixelRatio),
    'not-converged': stripes(context, { ...mark, line: token('--warn') }, pixelRatio),
    'non-finite': stripes(context, { ...mark, background: token('--error-wash'), line: token('--error') }, pixelRatio),
  }
}
