import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import type { HistoryColumn, Letter, RunState } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { useCommands } from '../pageContext'
import { columnIndexAt } from '../charts/history'
import type { Plot } from '../charts/plot'
import { useThrottled } from '../charts/useThrottled'
import { rowAt } from './cellLayout'
import { followNewest, moveByKey } from './heatmapKeys'
import styles from './saturation.module.css'
import { tileAt, type Tile } from './tileLayout'

/** A heatmap under the pointer. */
export interface PlacedHeatmap {
  readonly letter: Letter
  readonly run: RunState
  readonly tile: Tile
  readonly plot: Plot
  /** Which of the run's outputs each row is. */
  readonly places: readonly (number | undefined)[]
}

/** A row of one of the heatmaps. */
export interface HeatmapRow {
  readonly letter: Letter
  readonly row: number
}

interface HeatmapControlProps {
  readonly heatmaps: readonly PlacedHeatmap[]
  readonly active: Letter
  /** Columns of the active run. */
  readonly columns: readonly HistoryColumn[]
  readonly plannedSteps: number
  readonly shownStep: number | undefined
  /** The active run's selected output, and how many it has. */
  readonly selected: number
  readonly outputs: number
  readonly label: string
  /** Says the selected cell in words. */
  readonly describe: () => string
  readonly onHover: (row: HeatmapRow | undefined) => void
}

/** While following live the spoken value would change ten times a second. */
const spokenEveryMillis = 5_000

/**
 * The surface that takes pointer and keys for all heatmaps: a slider over steps whose up and down arrows choose the
 * layer of the active run. Hovering moves the crosshair; pressing and dragging pins a step, pressing in another run's
 * heatmap makes that run active; pressing beyond the newest column follows it again.
 */
export function HeatmapControl(props: HeatmapControlProps) {
  const { heatmaps, active, columns, plannedSteps, shownStep, selected, outputs, label, describe, onHover } = props
  const commands = useCommands()
  const dragged = useRef<Letter>(undefined)
  const spoken = useThrottled(describe, spokenEveryMillis)
  const isLive = shownStep === undefined

  const locate = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    // A drag goes on in the heatmap it began in, wherever the pointer is.
    const held = heatmaps.find(({ letter }) => letter === dragged.current)
    const heatmap = held ?? tileAt(heatmaps, x, y)
    return heatmap && locateIn(heatmap, x, y)
  }

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = locate(event)
    const hovered = at?.isInPlot ? at.row : undefined
    onHover(at && hovered !== undefined ? { letter: at.letter, row: hovered } : undefined)
    if (at && dragged.current) commands.setView({ pinnedStep: pinnableStep(at), hoverStep: undefined })
    else commands.setView({ hoverStep: hovered === undefined ? undefined : at?.column?.step })
  }

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const at = event.button === 0 ? locate(event) : undefined
    if (!at) return
    if (at.letter !== active) commands.activate(at.letter)
    if (at.output !== undefined) commands.setView({ selectedOutput: at.output })
    if (!at.isInPlot) return
    event.currentTarget.setPointerCapture(event.pointerId)
    dragged.current = at.letter
    commands.setView({ pinnedStep: pinnableStep(at), hoverStep: undefined })
  }

  const onPointerUp = () => {
    dragged.current = undefined
  }

  const onPointerLeave = () => {
    if (dragged.current) return
    onHover(undefined)
    commands.setView({ hoverStep: undefined })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const change = moveByKey(event.key, event.shiftKey, { columns, shownStep, row: selected, rows: outputs })
    if (!change) return
    event.preventDefault()
    onHover(undefined)
    commands.setView(change)
  }

  const activeTile = heatmaps.find(({ letter }) => letter === active)?.tile
  return (
    <div
      className={joinClasses(styles['control'], heatmaps.length > 1 && activeTile && styles['shared'])}
      style={heatmaps.length > 1 && activeTile ? ringAround(activeTile) : undefined}
      // An input of type range has one axis and its own pointer behaviour; this has two axes and free positions.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label={label}
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

interface HeatmapPoint {
  readonly letter: Letter
  readonly columns: readonly HistoryColumn[]
  readonly row: number | undefined
  readonly output: number | undefined
  readonly column: HistoryColumn | undefined
  readonly isInPlot: boolean
}

/** What lies at a point of the chart in a heatmap. */
function locateIn({ letter, run, tile, plot, places }: PlacedHeatmap, x: number, y: number): HeatmapPoint {
  const { columns } = run.history
  const [right, across] = [plot.left + plot.width, x - tile.left]
  const step = across < plot.left ? undefined : plot.xAt(Math.min(across, right))
  const isMeasured = step !== undefined && step <= run.step && across <= right
  const row = rowAt(y - tile.top, plot.top, plot.height, places.length)
  return {
    letter,
    columns,
    row,
    output: row === undefined ? undefined : places[row],
    column: isMeasured ? columns[columnIndexAt(columns, step)] : undefined,
    isInPlot: across >= plot.left && across <= right,
  }
}

/** Pressing the newest column, or the empty part beyond it, means following it. */
function pinnableStep({ column, columns }: HeatmapPoint): number | undefined {
  return column && column !== columns.at(-1) ? column.step : followNewest.pinnedStep
}

/** The focus ring lies around the heatmap that keys act on. */
function ringAround({ left, top, width, height, headingHeight }: Tile): CSSProperties {
  const lengths = {
    '--ring-left': left,
    '--ring-top': top - headingHeight,
    '--ring-width': width,
    '--ring-height': height + headingHeight,
  }
  return Object.fromEntries(Object.entries(lengths).map(([name, pixels]) => [name, `${pixels}px`]))
}
