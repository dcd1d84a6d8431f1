import { useLayoutEffect, useRef } from 'react'
import { prepareCanvas, usePixelRatio } from './canvas'
import styles from './charts.module.css'
import type { Plot } from './plot'
import { tokensOf, useThemeKey, type ReadToken } from './theme'

/** Draws in the chart's own pixels, clipped to the plot area. */
export type DrawPlot = (context: CanvasRenderingContext2D, plot: Plot, token: ReadToken) => void

interface CanvasLayerProps {
  readonly plot: Plot
  /** Called again when it is another function: memoise it on what it draws. */
  readonly draw: DrawPlot
}

/** Dense marks of a chart on a canvas over its Recharts axes; text is left to HTML. */
export function CanvasLayer({ plot, draw }: CanvasLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixelRatio = usePixelRatio()
  const theme = useThemeKey()

  useLayoutEffect(() => {
    if (!canvas.current) return
    const context = prepareCanvas(canvas.current, plot.width, plot.height, pixelRatio)
    if (!context) return
    context.save()
    context.translate(-plot.left, -plot.top)
    draw(context, plot, tokensOf(theme))
    context.restore()
  }, [plot, draw, pixelRatio, theme])

  const { left, top, width, height } = plot
  return <canvas ref={canvas} className={styles['canvas']} style={{ left, top, width, height }} aria-hidden="true" />
}
