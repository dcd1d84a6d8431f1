import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import type { HistoryColumn } from '../../runs/state'
import { useCommands } from '../pageContext'
import { columnIndexAt } from '../charts/history'
import type { Plot } from '../charts/plot'
import { useThrottled } from '../charts/useThrottled'
import { rowAt } from './cellLayout'
import { followNewest, moveByKey } from './heatmapKeys'
import styles from './saturation.module.css'

interface HeatmapControlProps {
  readonly plot: Plot
  readonly columns: readonly HistoryColumn[]
  /** The step training has reached. */
  readonly step: number
  readonly plannedSteps: number
  readonly shownStep: number | undefined
  readonly row: number
  readonly rows: number
  /** Says the selected cell in words. */
  readonly describe: () => string
  readonly onHoverRow: (row: number | undefined) => void
}

/** While following live the spoken value would change ten times a second. */
const spokenEveryMillis = 5_000

/**
 * The surface that takes pointer and keys for the whole heatmap: a slider over steps whose up and down arrows choose
 * the layer. Hovering moves the crosshair; pressing and dragging pins a step; pressing beyond the newest column
 * follows it again.
 */
export function HeatmapControl(props: HeatmapControlProps) {
  const { plot, columns, step, plannedSteps, shownStep, row, rows, describe, onHoverRow } = props
  const commands = useCommands()
  const isDragging = useRef(false)
  const spoken = useThrottled(describe, spokenEveryMillis)
  const isLive = shownStep === undefined

  const locate = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - box.left
    const y = event.clientY - box.top
    const pointedStep = x < plot.left ? undefined : plot.xAt(Math.min(x, plot.left + plot.width))
    const isMeasured = pointedStep !== undefined && pointedStep <= step && x <= plot.left + plot.width
    return {
      row: rowAt(y, plot.top, plot.height, rows),
      column: isMeasured ? columns[columnIndexAt(columns, pointedStep)] : undefined,
      isInPlot: x >= plot.left && x <= plot.left + plot.width,
    }
  }

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { row: hovered, column, isInPlot } = locate(event)
    onHoverRow(isInPlot ? hovered : undefined)
    if (isDragging.current) commands.setView({ pinnedStep: pinnableStep(column, columns), hoverStep: undefined })
    else commands.setView({ hoverStep: isInPlot && hovered !== undefined ? column?.step : undefined })
  }

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    const { row: pressed, column, isInPlot } = locate(event)
    if (pressed !== undefined) commands.setView({ selectedOutput: pressed })
    if (!isInPlot) return
    event.currentTarget.setPointerCapture(event.pointerId)
    isDragging.current = true
    commands.setView({ pinnedStep: pinnableStep(column, columns), hoverStep: undefined })
  }

  const onPointerUp = () => {
    isDragging.current = false
  }

  const onPointerLeave = () => {
    if (isDragging.current) return
    onHoverRow(undefined)
    commands.setView({ hoverStep: undefined })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const change = moveByKey(event.key, event.shiftKey, { columns, shownStep, row, rows })
    if (!change) return
    event.preventDefault()
    onHoverRow(undefined)
    commands.setView(change)
  }

  return (
    <div
      className={styles['control']}
      // An input of type range has one axis and its own pointer behaviour; this has two axes and free positions.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label="Saturation heatmap: step, and with up and down the layer"
      aria-roledescription="heatmap"
      aria-valuemin={0}
      aria-valuemax={plannedSteps}
      aria-valuenow={shownStep ?? columns.at(-1)?.step ?? 0}
      aria-valuetext={isLive ? spoken : describe()}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Home End Escape"
      onPointerMove={onPointerMove}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onPointerLeave={onPointerLeave}
      onKeyDown={onKeyDown}
    />
  )
}

/** Pressing the newest column, or the empty part beyond it, means following it. */
function pinnableStep(column: HistoryColumn | undefined, columns: readonly HistoryColumn[]): number | undefined {
  return column && column !== columns.at(-1) ? column.step : followNewest.pinnedStep
}
