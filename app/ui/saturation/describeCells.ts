import { describeSpectrum, type LayerSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, Letter, StartedRun } from '../../runs/state'
import { formatCount } from '../common/format'
import { formatShare, formatThreshold } from '../charts/numbers'
import type { Cell } from './cellTable'
import { subtractCells } from './differenceTable'
import { describeDifference, describeUnmatched } from './differenceText'
import { heldColumn, type Measured } from './heldColumn'
import { matchRows } from './matchRows'
import { describeDirections } from './rowText'

// What the heatmaps show, in sentences for people who do not see them.

/** What of a run is told. */
interface MeasuredNetwork extends Measured {
  readonly started: Pick<StartedRun, 'outputs'>
}

/** A run that has a heatmap. */
interface ShownRun {
  readonly letter: Letter
  readonly run: MeasuredNetwork | undefined
}

export interface Shown {
  /** Undefined shows the newest column of each. */
  readonly step: number | undefined
  readonly options: SpectrumOptions
  /** Whom the runs are compared with, where it is the difference that is shown. */
  readonly baseline: ShownRun | undefined
}

/**
 * “At step 400, δ 99 %: hidden 1 32 %, hidden 2 17 %, output 70 %.”; of several runs “At step 400, δ 99 %: run A:
 * hidden 1 32 %, output 70 %; run B: …”; of differences “…, against run A: run B: hidden 1 +6 points, …”.
 */
export function describeCells(runs: readonly ShownRun[], shown: Shown): string {
  const measured = runs.flatMap(({ letter, run }) => {
    const column = run && heldColumn(run, shown.step)
    return column ? [{ letter, run, column }] : []
  })
  const [first] = measured
  if (!first) return 'Nothing measured yet.'
  const { baseline } = shown
  const told = measured.map((entry) => {
    const rows = baseline ? describeDifferences(entry, baseline, shown) : describeSaturations(entry, shown.options)
    return runs.length > 1 || baseline ? `run ${entry.letter}: ${rows}` : rows
  })
  const against = baseline ? `, against run ${baseline.letter}` : ''
  return `At step ${formatCount(first.column.step)}, δ ${formatThreshold(shown.options.threshold)}${against}: ${told.join('; ')}.`
}

interface MeasuredRun {
  readonly letter: Letter
  readonly run: MeasuredNetwork
  readonly column: HistoryColumn
}

function describeSaturations({ run, column }: Omit<MeasuredRun, 'letter'>, options: SpectrumOptions): string {
  const layers = run.started.outputs.map(({ name }, output) => {
    const spectrum = spectrumOf(run, column, output, options)
    if (!spectrum) return `${name} not measured`
    return `${name} ${spectrum.state === 'ok' ? formatShare(spectrum.saturation) : spectrum.state}`
  })
  return layers.join(', ')
}

function describeDifferences(own: MeasuredRun, baseline: ShownRun, { step, options }: Shown): string {
  const { run } = baseline
  const column = run && heldColumn(run, step)
  if (!run || !column) return `nothing to compare with, run ${baseline.letter} is not measured yet`
  const { names, places } = matchRows([own.run.started.outputs, run.started.outputs])
  const letters = { own: own.letter, baseline: baseline.letter }
  const layers = names.map((name, row) => {
    const [place, other] = [places[0]?.[row], places[1]?.[row]]
    const unmatched = describeUnmatched(place, other, letters)
    if (unmatched !== undefined) return `${name} ${unmatched}`
    const cell = cellOf(own.run, own.column, place, options)
    return `${name} ${describeDifference(subtractCells(cell, cellOf(run, column, other, options)))}`
  })
  return layers.join(', ')
}

/** “step 400, hidden 2: 11 of 64 directions carry 99 %, saturation 17 %, 6 points more than …”: the selected cell. */
export function describeCell({ run }: ShownRun, output: number, { step, options, baseline }: Shown): string {
  const column = run && heldColumn(run, step)
  const layer = run?.started.outputs[output]
  const spectrum = run && column && spectrumOf(run, column, output, options)
  if (!layer || !spectrum || !column) return 'nothing measured yet'
  const share = spectrum.state === 'ok' ? `, saturation ${formatShare(spectrum.saturation)}` : ''
  const text = `step ${formatCount(column.step)}, ${layer.name}: ${describeDirections(spectrum, layer.width)}${share}`
  const difference = baseline && describeAgainst(toCell(spectrum), layer.name, baseline, { step, options })
  return difference === undefined ? text : `${text}, ${difference}`
}

/** “+6 points against run A”; undefined where that has no such layer. */
function describeAgainst(
  cell: Cell,
  name: string,
  { letter, run }: ShownRun,
  { step, options }: Omit<Shown, 'baseline'>,
): string | undefined {
  const column = run && heldColumn(run, step)
  const output = run?.started.outputs.findIndex((other) => other.name === name) ?? -1
  if (!run || !column || output < 0) return undefined
  return `${describeDifference(subtractCells(cell, cellOf(run, column, output, options)))} against run ${letter}`
}

function cellOf(
  run: MeasuredNetwork,
  column: HistoryColumn,
  output: number | undefined,
  options: SpectrumOptions,
): Cell {
  const spectrum = output === undefined ? undefined : spectrumOf(run, column, output, options)
  return spectrum ? toCell(spectrum) : 'unmeasured'
}

function toCell({ state, saturation }: LayerSpectrum): Cell {
  return state === 'ok' ? saturation : state
}

function spectrumOf(run: MeasuredNetwork, column: HistoryColumn, output: number, options: SpectrumOptions) {
  const measured = column.spectra[output]
  const width = run.started.outputs[output]?.width
  return measured && width !== undefined ? describeSpectrum(measured, width, options) : undefined
}
