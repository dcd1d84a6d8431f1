import type { HistoryColumn } from './state'

/** Columns kept per run: about one per pixel of a wide heatmap. Spectra are large, so this bounds the page's memory. */
const CAPACITY = 1_024

/**
 * The measured columns of a run in step order. When full, every second one is dropped and from then on every second
 * new one, so that the kept columns stay evenly spread; the newest column is always kept.
 */
export class DecimatedColumns {
  #columns: readonly HistoryColumn[] = []
  #keepEvery = 1
  #received = 0

  /** A new array after every append, so that a reader can tell by identity. */
  get columns(): readonly HistoryColumn[] {
    return this.#columns
  }

  append(arrived: readonly HistoryColumn[]): void {
    if (arrived.length === 0) return
    const columns = [...this.#columns]
    for (const column of arrived) {
      // Measured once more at rest, as after looking at another sampling and back.
      if (columns.at(-1)?.step === column.step) {
        columns[columns.length - 1] = column
        continue
      }
      // The newest column so far stays only if its number is one to keep.
      if (columns.length > 0 && (this.#received - 1) % this.#keepEvery !== 0) columns.pop()
      columns.push(column)
      this.#received++
    }
    if (columns.length > CAPACITY) {
      this.#keepEvery *= 2
      this.#columns = columns.filter((_, index) => index % 2 === 0 || index === columns.length - 1)
    } else {
      this.#columns = columns
    }
  }
}
