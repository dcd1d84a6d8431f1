import type { Cell, CellTable } from './cellTable'
import type { ColumnPair } from './columnPairs'

/** Differences of saturation, −1…1, between two runs by shared row; every pair of columns is worked out once. */
export class DifferenceTable {
  readonly #run: CellTable
  readonly #baseline: CellTable
  readonly #rows: readonly (readonly [own: number, baseline: number])[]
  readonly #pairs = new WeakMap<ColumnPair, readonly Cell[]>()

  /** `rows`: which outputs of the run and of the baseline are compared. */
  constructor(run: CellTable, baseline: CellTable, rows: readonly (readonly [own: number, baseline: number])[]) {
    this.#run = run
    this.#baseline = baseline
    this.#rows = rows
  }

  /** The differences of a pair of columns, by position in `rows`. */
  cells(pair: ColumnPair): readonly Cell[] {
    const known = this.#pairs.get(pair)
    if (known) return known
    const [own, baseline] = [this.#run.cells(pair.column), this.#baseline.cells(pair.baseline)]
    const cells = this.#rows.map(([row, other]) => subtractCells(own[row], baseline[other]))
    this.#pairs.set(pair, cells)
    return cells
  }
}

/** What cannot be compared, the gravest first. */
const gravity = ['non-finite', 'not-converged'] as const

/** A saturation minus another, or why there is no difference. */
export function subtractCells(cell: Cell = 'unmeasured', baseline: Cell = 'unmeasured'): Cell {
  const [own, other] = [saturationOf(cell), saturationOf(baseline)]
  if (own !== undefined && other !== undefined) return own - other
  return gravity.find((state) => cell === state || baseline === state) ?? 'unmeasured'
}

/** A dead layer uses no direction at all. */
function saturationOf(cell: Cell): number | undefined {
  if (cell === 'dead') return 0
  return typeof cell === 'number' ? cell : undefined
}
