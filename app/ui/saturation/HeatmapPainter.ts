import type { Plot } from '../charts/plot'
import type { Cell } from './cellTable'
import { columnEdges, rowBands, type Band } from './cellLayout'

/** What cells without a number are filled with; may be patterns. */
export interface HeatmapFills {
  readonly unmeasured: string | CanvasPattern
  readonly dead: string | CanvasPattern
  readonly 'non-finite': string | CanvasPattern
  readonly 'not-converged': string | CanvasPattern
  /** A row that cannot be compared. */
  readonly unmatched: string | CanvasPattern
}

/** What stays the same while columns arrive; when any of it changes a new painter starts anew. */
export interface HeatmapScene<Column> {
  readonly plot: Plot
  /** Top to bottom the place of each row among a column's cells; undefined for a row that is not in this heatmap. */
  readonly rows: readonly (number | undefined)[]
  /** What stands where a row is missing: an empty place, or the mark of what cannot be compared. */
  readonly missing: 'empty' | 'unmatched'
  readonly table: { cells(column: Column): readonly Cell[] }
  /** CSS colour of a cell's number. */
  readonly colourOf: (value: number) => string
  readonly pixelRatio: number
  /** Colours of marks come from the theme; when it changes so must the scene. */
  readonly themeKey: string
}

/** The part of a canvas context that cells need. */
type CellContext = Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect' | 'clearRect'>

/** Paints cells and remembers which, so that an update touches only what is new. */
export class HeatmapPainter<Column extends { readonly step: number }> {
  readonly scene: HeatmapScene<Column>
  readonly #context: CellContext
  readonly #fills: HeatmapFills
  readonly #bands: readonly Band[]
  #painted: readonly Column[] = []
  /** Right edge of the cells. */
  #reach = 0
  /** What the newest cell of every row is filled with. */
  readonly #newest: (string | CanvasPattern | undefined)[] = []

  /** `context` is cleared and measures CSS pixels from the plot's upper left corner. */
  constructor(context: CellContext, scene: HeatmapScene<Column>, fills: HeatmapFills) {
    this.#context = context
    this.scene = scene
    this.#fills = fills
    this.#bands = rowBands(0, scene.plot.height, scene.rows.length, scene.pixelRatio)
    this.#paintGround()
  }

  /** Shows `columns`, of which the newest holds until the step `heldUntil`. */
  paint(columns: readonly Column[], heldUntil: number): void {
    const kept = commonPrefix(this.#painted, columns)
    const reach = this.#edges(columns.slice(-1), heldUntil).at(-1) ?? 0
    // Cells are painted over; only a history that is another one, or became shorter, leaves some behind.
    const isContinued = kept > 0 && reach >= this.#reach
    if (!isContinued && this.#painted.length > 0) this.#paintGround()
    // The last column that stayed is painted again: only now is it known how far it reaches.
    const isAppended = isContinued && kept === this.#painted.length
    this.#paintColumns(columns.slice(isContinued ? kept - 1 : 0), heldUntil, isAppended)
    this.#painted = columns
    this.#reach = reach
  }

  /** `isAppended`: the first of `columns` is the last that is painted, so where the colour stays only the rest is new. */
  #paintColumns(columns: readonly Column[], heldUntil: number, isAppended: boolean): void {
    const edges = this.#edges(columns, heldUntil)
    // Of columns that begin on one pixel only the last shows; a long history has several for each.
    const isSeen = (_: unknown, index: number) => index === columns.length || edges[index + 1]! > edges[index]!
    const cells = columns.filter(isSeen).map((column) => this.scene.table.cells(column))
    const seenEdges = edges.filter(isSeen)
    for (let row = 0; row < this.#bands.length; row++) this.#paintRow(row, cells, seenEdges, isAppended)
  }

  #edges(columns: readonly Column[], heldUntil: number): readonly number[] {
    const { plot, pixelRatio } = this.scene
    const steps = columns.map((column) => column.step)
    return columnEdges(steps, heldUntil, (step) => plot.x(step) - plot.left, plot.width, pixelRatio)
  }

  #paintGround(): void {
    const { plot, rows, missing } = this.scene
    this.#context.clearRect(0, 0, plot.width, plot.height)
    this.#bands.forEach((band, row) => {
      const isMissing = rows[row] === undefined
      if (isMissing && missing === 'empty') return
      this.#context.fillStyle = isMissing ? this.#fills.unmatched : this.#fills.unmeasured
      this.#context.fillRect(0, band.start, plot.width, band.size)
    })
  }

  /** Neighbours of one colour become one rectangle. */
  #paintRow(row: number, cells: readonly (readonly Cell[])[], edges: readonly number[], isAppended: boolean): void {
    const place = this.scene.rows[row]
    if (place === undefined || cells.length === 0) return
    const band = this.#bands[row]!
    let fill = this.#fill(cells[0]![place])
    // Most columns of a long run lie on the pixels of the one before, and look the same: a canvas left alone is free.
    let start = isAppended && fill === this.#newest[row] ? Math.max(this.#reach, edges[0]!) : edges[0]!
    for (let index = 1; index <= cells.length; index++) {
      const next = index < cells.length ? this.#fill(cells[index]![place]) : undefined
      if (next === fill) continue
      const end = edges[index]!
      if (end > start) {
        this.#context.fillStyle = fill
        this.#context.fillRect(start, band.start, end - start, band.size)
      }
      start = end
      if (next !== undefined) fill = next
    }
    this.#newest[row] = fill
  }

  #fill(cell: Cell = 'unmeasured'): string | CanvasPattern {
    return typeof cell === 'number' ? this.scene.colourOf(cell) : this.#fills[cell]
  }
}

function commonPrefix(one: readonly unknown[], other: readonly unknown[]): number {
  const length = Math.min(one.length, other.length)
  let index = 0
  while (index < length && one[index] === other[index]) index++
  return index
}
