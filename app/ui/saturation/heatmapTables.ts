import { describeSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, StartedRun } from '../../runs/state'
import type { TableText } from '../charts/DataTable'
import { formatCount } from '../common/format'
import type { Cell } from './cellTable'
import { describeDifference } from './differenceText'
import { describeUse } from './rowText'

// The heatmaps as tables: a row for every column of cells, a column for every layer.

/** “41 · 32 %” of every layer at every step that was measured. */
export function saturationTable(
  outputs: StartedRun['outputs'],
  columns: readonly Pick<HistoryColumn, 'step' | 'spectra'>[],
  options: SpectrumOptions,
): TableText {
  return {
    columns: ['step', ...outputs.map(({ name, width }) => `${name}, of ${formatCount(width)}`)],
    rows: columns.map(({ step, spectra }) => [
      formatCount(step),
      ...outputs.map(({ width }, output) => {
        const measured = spectra[output]
        return measured ? describeUse(describeSpectrum(measured, width, options)) : 'not measured'
      }),
    ]),
  }
}

/** A row of the heatmap that shows differences. */
interface ComparedLayer {
  readonly name: string
  /** Its position among the cells, or why it has none: “only in A”. */
  readonly place: number | string
}

/** “+6 points” of every layer at every step that both runs measured. */
export function differencesTable<Pair extends { readonly step: number }>(
  layers: readonly ComparedLayer[],
  pairs: readonly Pair[],
  cellsOf: (pair: Pair) => readonly Cell[],
): TableText {
  return {
    columns: ['step', ...layers.map(({ name }) => name)],
    rows: pairs.map((pair) => {
      const cells = cellsOf(pair)
      const told = layers.map(({ place }) =>
        typeof place === 'string' ? place : describeDifference(cells[place] ?? 'unmeasured'),
      )
      return [formatCount(pair.step), ...told]
    }),
  }
}
