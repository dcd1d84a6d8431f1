import type { HistoryColumn } from '../../runs/state'
import type { Line } from './smoothing'

/** The held-out losses or accuracies of a run by step; empty where nothing is held out. */
export function heldOutLine(columns: readonly HistoryColumn[], key: 'heldOutLoss' | 'heldOutAccuracy'): Line {
  const steps = new Float64Array(columns.length)
  const values = new Float64Array(columns.length)
  let length = 0
  for (const column of columns) {
    const value = column[key]
    if (value === undefined) continue
    steps[length] = column.step
    values[length] = value
    length++
  }
  return { steps, values, length }
}

/** Value of the last point at or before `step` that is finite; the newest without a step. NaN where there is none. */
export function valueAt(line: Line, step: number | undefined): number {
  for (let index = pointsUpTo(line, step) - 1; index >= 0; index--) {
    if (Number.isFinite(line.values[index])) return line.values[index]!
  }
  return Number.NaN
}

/** How many points lie at or before `step`; all without a step. O(log n). */
function pointsUpTo({ steps, length }: Line, step: number | undefined): number {
  if (step === undefined) return length
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle]! <= step) low = middle + 1
    else high = middle
  }
  return low
}
