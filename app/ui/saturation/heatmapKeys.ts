import type { HistoryColumn, View } from '../../runs/state'
import { columnIndexAt } from '../charts/history'

/** Columns moved over by Page Up, Page Down, or an arrow with Shift. */
const farMove = 10

interface HeatmapPosition {
  readonly columns: readonly HistoryColumn[]
  /** The step shown, or undefined at the newest column. */
  readonly shownStep: number | undefined
  readonly row: number
  readonly rows: number
}

/** What a key does on the heatmap: the change to the view, or undefined for keys that are not the heatmap's. */
export function moveByKey(key: string, isShifted: boolean, position: HeatmapPosition): Partial<View> | undefined {
  const { row, rows } = position
  switch (key) {
    case 'ArrowLeft':
      return moveColumns(position, isShifted ? -farMove : -1)
    case 'ArrowRight':
      return moveColumns(position, isShifted ? farMove : 1)
    case 'PageUp':
      return moveColumns(position, farMove)
    case 'PageDown':
      return moveColumns(position, -farMove)
    case 'Home':
      return moveColumns(position, -Infinity)
    case 'End':
    case 'Escape':
      return followNewest
    case 'ArrowUp':
      return { selectedOutput: Math.max(0, row - 1) }
    case 'ArrowDown':
      return { selectedOutput: Math.min(rows - 1, row + 1) }
    default:
      return undefined
  }
}

/** Undoes scrubbing: everything shows the newest column again. */
export const followNewest = { pinnedStep: undefined, hoverStep: undefined } as const satisfies Partial<View>

/** Moving onto the newest column, or past it, follows it again. */
function moveColumns({ columns, shownStep }: HeatmapPosition, by: number): Partial<View> {
  const last = columns.length - 1
  const from = shownStep === undefined ? last : columnIndexAt(columns, shownStep)
  const to = Math.max(0, from + by)
  const column = to >= last ? undefined : columns[to]
  return column ? { pinnedStep: column.step, hoverStep: undefined } : followNewest
}
