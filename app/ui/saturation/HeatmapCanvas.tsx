import { useLayoutEffect, useRef } from 'react'
import { prepareCanvas } from '../charts/canvas'
import { tokensOf } from '../charts/theme'
import { HeatmapPainter, type HeatmapFills, type HeatmapScene } from './HeatmapPainter'
import styles from './saturation.module.css'
import { stripes } from './patterns'

interface HeatmapCanvasProps<Column> {
  /** A new object when cells, colours or geometry changed; the same one while columns arrive. */
  readonly scene: HeatmapScene<Column>
  readonly columns: readonly Column[]
  /** The step until which the newest column holds: the one training has reached. */
  readonly step: number
}

/** The cells. Painted outside React: an update fills only the rectangles that are new. */
export function HeatmapCanvas<Column extends { readonly step: number }>(props: HeatmapCanvasProps<Column>) {
  const { scene, columns, step } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<HeatmapPainter<Column>>(undefined)
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

function startPainter<Column extends { readonly step: number }>(
  canvas: HTMLCanvasElement,
  scene: HeatmapScene<Column>,
): HeatmapPainter<Column> | undefined {
  const { plot, pixelRatio } = scene
  const context = prepareCanvas(canvas, plot.width, plot.height, pixelRatio)
  return context && new HeatmapPainter(context, scene, knownFills(context, scene))
}

/** CSS pixels between stripes. */
const hatchSpacing = 7
const markSpacing = 8
const unmatchedSpacing = 14

type Look = Pick<HeatmapScene<unknown>, 'themeKey' | 'pixelRatio'>

let kept: { readonly key: string; readonly fills: HeatmapFills } | undefined

/** Patterns serve every canvas of a theme; making them anew at every δ would be felt while dragging it. */
function knownFills(context: CanvasRenderingContext2D, scene: Look): HeatmapFills {
  const key = `${scene.themeKey} ${scene.pixelRatio}`
  if (kept?.key !== key) kept = { key, fills: makeFills(context, scene) }
  return kept.fills
}

function makeFills(context: CanvasRenderingContext2D, { themeKey, pixelRatio }: Look): HeatmapFills {
  const token = tokensOf(themeKey)
  const surface = token('--surface-sunken')
  const hatch = { background: token('--surface'), line: token('--grid'), spacing: hatchSpacing, weight: 1 }
  const mark = { background: surface, spacing: markSpacing, weight: 1, crossed: true }
  return {
    unmeasured: stripes(context, hatch, pixelRatio),
    unmatched: stripes(context, { ...hatch, line: token('--line'), spacing: unmatchedSpacing, weight: 3 }, pixelRatio),
    dead: stripes(context, { ...mark, line: token('--ink-faint') }, pixelRatio),
    'not-converged': stripes(context, { ...mark, line: token('--warn') }, pixelRatio),
    'non-finite': stripes(context, { ...mark, background: token('--error-wash'), line: token('--error') }, pixelRatio),
  }
}
