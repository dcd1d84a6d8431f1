import { findTail } from '../../metrics/tail'
import type { HistoryColumn } from '../../runs/state'
import type { CellTable } from './cellTable'

/** More than the rule looks back on; the rest of the history need not be gathered. */
const lookBack = 32

/**
 * First row of the network's tail at the last of `columns`, or undefined. The last of the `rows` is the output layer,
 * which is not hidden and never part of a tail.
 */
export function tailStart(columns: readonly HistoryColumn[], table: CellTable, rows: number): number | undefined {
  const recent = columns.slice(-lookBack).map((column) => table.cells(column))
  const hidden = Array.from({ length: Math.max(0, rows - 1) }, (_, row) =>
    recent.map((cells) => {
      const cell = cells[row]
      return typeof cell === 'number' ? cell : Number.NaN
    }),
  )
  return findTail(hidden)
}
