import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { joinClasses } from '../common/joinClasses'
import { typePixels, typeScale } from '../theme/typeScale'
import { Axes, axisHeight, axisWidth, quietAxisHeight } from './Axes'
import styles from './charts.module.css'
import type { Margins, Plot, ValueAxis } from './plot'
import { useElementSize } from './useElementSize'

interface PlotBoxProps {
  readonly className?: string | undefined
  /** Name for screen readers. */
  readonly label: string
  /** What is drawn upwards, above the axis: “loss”. */
  readonly caption: ReactNode
  /** Axes for a plot of that many pixels, as if type had its usual size; memoise them, since a new function lays the axes out again. */
  readonly x: (widthPixels: number) => ValueAxis
  readonly y: (heightPixels: number) => ValueAxis
  /** Room on the right for labels, pixels. */
  readonly right: number
  /** Leaves the numbers of the x axis to the plot below. */
  readonly quietX?: boolean
  readonly children: (plot: Plot) => ReactNode
}

/** Room for the caption above the plot, pixels. */
const captionHeight = () => typePixels(18)

/** A chart that fills its box: Recharts axes, and on them whatever `children` draws once the scales are known. */
export function PlotBox({ className, label, caption, x, y, right, quietX = false, children }: PlotBoxProps) {
  const box = useRef<HTMLElement>(null)
  const size = useElementSize(box)
  const [plot, setPlot] = useState<Plot>()
  const margins = useMemo<Margins>(() => ({ top: captionHeight(), right, bottom: 0, left: 0 }), [right])
  const width = (size?.width ?? 0) - axisWidth() - right
  const height = (size?.height ?? 0) - captionHeight() - (quietX ? quietAxisHeight() : axisHeight())
  const xAxis = useMemo(() => x(width / typeScale()), [x, width])
  const yAxis = useMemo(() => y(height / typeScale()), [y, height])
  const onPlot = useCallback((next: Plot) => setPlot(next), [])
  return (
    <figure ref={box} className={joinClasses(styles['box'], className)} aria-label={label}>
      <div className={styles['caption']} style={{ left: axisWidth() }}>
        {caption}
      </div>
      {size && width > 0 && height > 0 && (
        <>
          <Axes {...size} margins={margins} x={xAxis} y={yAxis} quietX={quietX} onPlot={onPlot} />
          {plot && children(plot)}
        </>
      )}
    </figure>
  )
}
