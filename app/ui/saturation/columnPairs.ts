import type { HistoryColumn } from '../../runs/state'

/** What two runs measured, as it stood at one step. */
export interface ColumnPair {
  readonly step: number
  readonly column: HistoryColumn
  readonly baseline: HistoryColumn
}

/**
 * Columns of a run beside those of the baseline: a pair for every step at which either was measured, with the column of
 * each that holds there, from the first step both have to the last one both have. Pairs made before are used again, so
 * that a painter sees what is new.
 */
export class ColumnPairs {
  #pairs: readonly ColumnPair[] = []

  of(columns: readonly HistoryColumn[], baseline: readonly HistoryColumn[]): readonly ColumnPair[] {
    // Beyond it one of them has not been heard of yet, and a pair would mix two steps.
    const last = Math.min(columns.at(-1)?.step ?? -Infinity, baseline.at(-1)?.step ?? -Infinity)
    const pairs: ColumnPair[] = []
    let [own, other] = [0, 0]
    while (own < columns.length && other < baseline.length) {
      const [nextOwn, nextOther] = [columns[own + 1]?.step ?? Infinity, baseline[other + 1]?.step ?? Infinity]
      const step = Math.max(columns[own]!.step, baseline[other]!.step)
      if (step > last) break
      const isHeld = Math.min(nextOwn, nextOther) > step
      if (isHeld) pairs.push(this.#pair(pairs.length, step, columns[own]!, baseline[other]!))
      if (nextOwn === Infinity && nextOther === Infinity) break
      if (nextOwn <= nextOther) own++
      else other++
    }
    this.#pairs = pairs
    return pairs
  }

  #pair(index: number, step: number, column: HistoryColumn, baseline: HistoryColumn): ColumnPair {
    const known = this.#pairs[index]
    const isKnown = known !== undefined && known.column === column && known.baseline === baseline
    return isKnown ? known : { step, column, baseline }
  }
}
