import type { Convention } from '../../experiment/spec'
import { spectrumState, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { MeasuredSpectrum, SpectrumState } from '../../metrics/spectrum'
import { intrinsicDimension } from '../../metrics/varianceSums'
import type { HistoryColumn, StartedRun } from '../../runs/state'

/** One cell of the heatmap: a saturation in [0, 1], or why there is none. */
export type Cell = number | Exclude<SpectrumState, 'ok'> | 'unmeasured'

/** Saturations of a run's columns under one δ and convention; every column is worked out once. */
export class CellTable {
  readonly threshold: number
  readonly convention: Convention
  readonly #widths: readonly number[]
  readonly #columns = new WeakMap<HistoryColumn, readonly Cell[]>()

  /** `widths`: features of every tracked output, by position. */
  constructor(widths: readonly number[], threshold: number, convention: Convention) {
    this.#widths = widths
    this.threshold = threshold
    this.convention = convention
  }

  /** The column's cells by output. */
  cells(column: HistoryColumn): readonly Cell[] {
    const known = this.#columns.get(column)
    if (known) return known
    const cells = this.#widths.map((width, output) => this.#cell(column, output, width))
    this.#columns.set(column, cells)
    return cells
  }

  #cell(column: HistoryColumn, output: number, width: number): Cell {
    const measured = column.spectra[output]
    if (!measured) return 'unmeasured'
    const state = knownState(measured)
    return state === 'ok' ? intrinsicDimension(measured, this.threshold, this.convention) / width : state
  }
}

const tables = new WeakMap<StartedRun['outputs'], CellTable>()

/** Saturations of a run as it is looked at now: one table for all who show or compare them, and whatever they show next. */
export function cellTableOf(outputs: StartedRun['outputs'], { threshold, convention }: SpectrumOptions): CellTable {
  const known = tables.get(outputs)
  if (known?.threshold === threshold && known.convention === convention) return known
  const widths = outputs.map(({ width }) => width)
  const made = new CellTable(widths, threshold, convention)
  tables.set(outputs, made)
  return made
}

/** States do not depend on δ, which is dragged over whole histories; so they are kept with their spectra. */
const states = new WeakMap<MeasuredSpectrum, SpectrumState>()

function knownState(measured: MeasuredSpectrum): SpectrumState {
  const known = states.get(measured)
  if (known) return known
  const state = spectrumState(measured)
  states.set(measured, state)
  return state
}
