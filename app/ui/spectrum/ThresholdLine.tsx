import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { formatThreshold } from '../charts/numbers'
import type { Plot } from '../charts/plot'
import { useCommands } from '../pageContext'
import styles from './spectrum.module.css'
import type { ShareScale } from './spectrumScales'
import { LARGEST_THRESHOLD, SMALLEST_THRESHOLD, snapThreshold, thresholdByKey } from './threshold'

interface ThresholdLineProps {
  readonly plot: Plot
  readonly scale: ShareScale
  readonly threshold: number
  /** The direction at which the shares cross it. */
  readonly crossing: number
  /** What δ comes to, in words. */
  readonly finding: string
}

/** Pixels that the grip takes at the end of the line: it goes to the other end where it would cover the crossing. */
const gripRoom = 64

/** δ as a line through the cumulative shares, moved by pointer or keys; the whole history follows. */
export function ThresholdLine({ plot, scale, threshold, crossing, finding }: ThresholdLineProps) {
  const commands = useCommands()
  const isDragging = useRef(false)
  const y = plot.y(scale.toAxis(threshold))
  const isCovered = plot.x(crossing) > plot.left + plot.width - gripRoom

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const chart = event.currentTarget.offsetParent?.getBoundingClientRect()
    if (!isDragging.current || !chart) return
    commands.setView({ threshold: snapThreshold(scale.fromAxis(plot.yAt(event.clientY - chart.top))) })
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    isDragging.current = true
  }
  const onPointerUp = () => {
    isDragging.current = false
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const next = thresholdByKey(event.key, threshold)
    if (next === undefined) return
    event.preventDefault()
    commands.setView({ threshold: next })
  }
  return (
    <div
      className={styles['threshold']}
      style={{ left: plot.left, width: plot.width, top: y }}
      // An input of type range cannot be a line across a chart on the chart's own scale.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="δ: share of the variance to explain"
      aria-valuemin={SMALLEST_THRESHOLD * 100}
      aria-valuemax={LARGEST_THRESHOLD * 100}
      aria-valuenow={Number((threshold * 100).toFixed(4))}
      aria-valuetext={`${formatThreshold(threshold)}: ${finding}`}
      onPointerDown={onPointerDown}
      onPointerMove={drag}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <span className={styles['grip']} data-side={isCovered ? 'left' : 'right'}>
        δ {formatThreshold(threshold)}
      </span>
    </div>
  )
}
