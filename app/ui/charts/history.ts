import type { HistoryColumn, LossSeries } from '../../runs/state'

/** Looking up steps in a run's history. Everything here is O(log n). */

/**
 * Position of the column that holds at `step`: the last one measured at or before it; the first column for earlier
 * steps; −1 where there are no columns.
 */
export function columnIndexAt(columns: readonly HistoryColumn[], step: number): number {
  return Math.max(
    Math.min(0, columns.length - 1),
    lastAtOrBefore(columns.length, (index) => columns[index]!.step, step),
  )
}

/** Position of the last point of the series at or before `step`; the first for earlier steps; −1 in an empty series. */
export function lossIndexAt(series: LossSeries, step: number): number {
  return Math.max(
    Math.min(0, series.length - 1),
    lastAtOrBefore(series.length, (index) => series.steps[index]!, step),
  )
}

/** The newest column, or the one that holds at `step`. */
export function shownColumn(columns: readonly HistoryColumn[], step: number | undefined): HistoryColumn | undefined {
  return step === undefined ? columns.at(-1) : columns[columnIndexAt(columns, step)]
}

function lastAtOrBefore(length: number, stepAt: (index: number) => number, step: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (stepAt(middle) <= step) low = middle + 1
    else high = middle
  }
  return low - 1
}
