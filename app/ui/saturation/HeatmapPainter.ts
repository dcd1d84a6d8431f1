import type { HistoryColumn, View } from '../../runs/state'
import type { Plot } from '../charts/plot'
import { viridisPalette } from '../charts/viridis'
import type { Cell, CellTable } from './cellTable'
import { columnEdges, rowBands, type Band } from './cellLayout'
import { colourPosition } from './colourScale'

/** Every colour the heatmap is painted in; fills may be patterns. */
export interface HeatmapFills {
  readonly unmeasured: string | CanvasPattern
  readonly dead: string | CanvasPattern
  readonly 'non-finite': string | CanvasPattern
  readonly 'not-converged': string | CanvasPattern
}

/** What stays the same while columns arrive; when any of it changes a new painter starts anew. */
export interface HeatmapScene {
  readonly plot: Plot
  readonly rows: number
  readonly table: CellTable
  readonly colourScale: View['colourScale']
  readonly pixelRatio: number
  /** Colours of marks come from the theme; when it changes so must the scene. */
  readonly themeKey: string
}

/** The part of a canvas context that cells need. */
type CellContext = Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect' | 'clearRect'>

/** Steps of the palette: finer than eyes tell apart. */
const paletteSize = 256
const palette = viridisPalette(paletteSize)

/** Paints cells and remembers which, so that an update touches only what is new. */
export class HeatmapPainter {
  readonly scene: HeatmapScene
  readonly #context: CellContext
  readonly #fills: HeatmapFills
  readonly #bands: readonly Band[]
  #painted: readonly HistoryColumn[] | undefined

  /** `context` is cleared and measures CSS pixels from the plot's upper left corner. */
  constructor(context: CellContext, scene: HeatmapScene, fills: HeatmapFills) {
    this.#context = context
    this.scene = scene
    this.#fills = fills
    this.#bands = rowBands(0, scene.plot.height, scene.rows, scene.pixelRatio)
  }

  /** Shows `columns`, of which the newest holds until the step `heldUntil`. */
  paint(columns: readonly HistoryColumn[], heldUntil: number): void {
    const painted = this.#painted
    const kept = painted ? commonPrefix(painted, columns) : 0
    // Everything but the newest must still be there; otherwise the history was thinned, or is another one.
    const isContinued = painted !== undefined && kept >= painted.length - 1
    if (!isContinued) this.#paintUnmeasured()
    // The newest column so far is painted again: only now is it known how far it reaches.
    this.#paintColumns(columns, isContinued ? Math.max(0, kept - 1) : 0, heldUntil)
    this.#painted = columns
  }

  #paintUnmeasured(): void {
    const { plot } = this.scene
    this.#context.clearRect(0, 0, plot.width, plot.height)
    this.#context.fillStyle = this.#fills.unmeasured
    for (const band of this.#bands) this.#context.fillRect(0, band.start, plot.width, band.size)
  }

  #paintColumns(columns: readonly HistoryColumn[], from: number, heldUntil: number): void {
    const { plot, pixelRatio, table } = this.scene
    const arrived = columns.slice(from)
    const toX = (step: number) => plot.x(step) - plot.left
    const steps = arrived.map((column) => column.step)
    const edges = columnEdges(steps, heldUntil, toX, plot.width, pixelRatio)
    const cells = arrived.map((column) => table.cells(column))
    for (let row = 0; row < this.#bands.length; row++) this.#paintRow(row, cells, edges)
  }

  /** Neighbours of one colour become one rectangle. */
  #paintRow(row: number, cells: readonly (readonly Cell[])[], edges: readonly number[]): void {
    const band = this.#bands[row]!
    let start = 0
    let fill = this.#fill(cells[0]?.[row])
    for (let index = 1; index <= cells.length; index++) {
      const next = index < cells.length ? this.#fill(cells[index]![row]) : undefined
      if (next === fill) continue
      this.#context.fillStyle = fill
      this.#context.fillRect(edges[start]!, band.start, edges[index]! - edges[start]!, band.size)
      start = index
      if (next !== undefined) fill = next
    }
  }

  #fill(cell: Cell = 'unmeasured'): string | CanvasPattern {
    if (typeof cell !== 'number') return this.#fills[cell]
    return palette[Math.round(colourPosition(cell, this.scene.colourScale) * (paletteSize - 1))]!
  }
}

function commonPrefix(one: readonly unknown[], other: readonly unknown[]): number {
  const length = Math.min(one.length, other.length)
  let index = 0
  while (index < length && one[index] === other[index]) index++
  return index
}
