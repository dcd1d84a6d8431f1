import type { HistoryColumn } from '../../runs/state'

/** What two runs measured, as it stood at one step. */
export interface ColumnPair {
  readonly step: number
  readonly column: HistoryColumn
  readonly baseline: HistoryColumn
}

/**
 * Columns of a run beside those of the baseline. Two make a pair where neither has another one nearer to it: a run that
 * caught up has columns further apart, and a column held for long beside newer ones would show the time between them
 * as a difference of the runs. Pairs made before are used again, so that a painter sees what is new.
 */
export class ColumnPairs {
  #pairs: readonly ColumnPair[] = []

  of(columns: readonly HistoryColumn[], baseline: readonly HistoryColumn[]): readonly ColumnPair[] {
    // Beyond it one of them has not been heard of yet, and a nearer column may come.
    const last = Math.min(columns.at(-1)?.step ?? -Infinity, baseline.at(-1)?.step ?? -Infinity)
    const [nearest, nearestBack] = [nearestOf(columns, baseline), nearestOf(baseline, columns)]
    const pairs: ColumnPair[] = []
    columns.forEach((column, index) => {
      const at = nearest[index]
      const other = at === undefined ? undefined : baseline[at]
      if (at === undefined || other === undefined || nearestBack[at] !== index) return
      const step = Math.max(column.step, other.step)
      if (step <= last) pairs.push(this.#pair(pairs.length, step, column, other))
    })
    this.#pairs = pairs
    return pairs
  }

  #pair(index: number, step: number, column: HistoryColumn, baseline: HistoryColumn): ColumnPair {
    const known = this.#pairs[index]
    const isKnown = known !== undefined && known.column === column && known.baseline === baseline
    return isKnown ? known : { step, column, baseline }
  }
}

/** By column the position of the one among `others` nearest in steps, of two equally near the earlier. O(n + m). */
function nearestOf(
  columns: readonly HistoryColumn[],
  others: readonly HistoryColumn[],
): readonly (number | undefined)[] {
  let at = 0
  return columns.map(({ step }) => {
    const distance = (index: number): number => Math.abs((others[index]?.step ?? Infinity) - step)
    while (distance(at + 1) < distance(at)) at++
    return others.length > 0 ? at : undefined
  })
}
