import { formatAccuracy } from '../charts/numbers'
import type { TableText } from '../charts/DataTable'
import type { Letter } from '../../runs/state'
import { formatCount } from '../common/format'
import { describeField } from '../model/layerFields'
import { describeRow } from '../saturation/rowText'
import type { Border, DepthRow } from './depthRows'
import { lettered, type Depth, type DepthRun } from './depthRuns'

/** Which steps the figure is of: “saturation at step 400 · probes: A at step 300, B none so early”. */
export function describeSteps(depth: Depth | undefined): string {
  if (depth?.active.columnStep === undefined) return 'Nothing measured yet.'
  const runs = lettered(depth)
  const columns = runs.map(({ letter, columnStep }) => ({ letter, step: columnStep }))
  const probed = runs.filter(({ wasProbed }) => wasProbed)
  const probes = probed.map(({ letter, probes: shown }) => ({ letter, step: shown?.step }))
  const told = [placeAtSteps('saturation', columns), ...(probed.length > 0 ? [placeAtSteps('probes', probes)] : [])]
  return told.join(' · ')
}

/** Runs that are not at one step each by their letters. */
function placeAtSteps(
  what: string,
  runs: readonly { readonly letter: Letter; readonly step: number | undefined }[],
): string {
  const place = (step: number | undefined) => (step === undefined ? 'none so early' : `at step ${formatCount(step)}`)
  const places = new Set(runs.map(({ step }) => place(step)))
  if (places.size === 1) return `${what} ${[...places].join('')}`
  return `${what}: ${runs.map(({ letter, step }) => `${letter} ${place(step)}`).join(', ')}`
}

/** A layer under the pointer: “conv 2: 3 of 8 · 38 %, probe 91.0 %, sees 7×7”; of several runs by their letters. */
export function describeLayer(depth: Depth, index: number): string {
  const name = depth.names[index] ?? ''
  const [only] = depth.active.rows.slice(index, index + 1)
  if (depth.others.length === 0) return only ? describeDepthRow(only) : name
  const told = lettered(depth).flatMap(({ letter, rows }) => {
    const row = rows[index]
    return row ? `${letter} ${factsOf(row)}` : []
  })
  return `${name}: ${told.join(' · ')}`
}

/** “conv 2: 3 of 8 · 38 %, probe 91.0 %, sees 7×7”. */
function describeDepthRow(row: DepthRow): string {
  return `${row.name}: ${factsOf(row)}`
}

function factsOf(row: DepthRow): string {
  const facts = [
    row.spectrum && describeSaturation(row),
    row.accuracy !== undefined && `probe ${formatAccuracy(row.accuracy)}`,
    row.field && `sees ${describeField(row.field)}`,
    row.border && describeBorder(row, row.border),
  ]
  return facts.filter(Boolean).join(', ') || 'nothing measured yet'
}

/** The figure in words, for people who do not see it. */
export function summariseDepth(depth: Depth | undefined): string {
  if (!depth) return 'Nothing measured yet.'
  return lettered(depth)
    .map((run) => {
      const words = `${measuredRows(run).map(describeDepthRow).join('. ')}.`
      return depth.others.length > 0 ? `Run ${run.letter}: ${words}` : words
    })
    .join(' ')
}

/** Layer by layer, of several runs one after the other. */
export function depthTable(depth: Depth): TableText {
  const { active, others } = depth
  const runs = lettered(depth)
  const hasFields = runs.some(({ rows }) => rows.some((row) => row?.field))
  const isAlone = others.length === 0
  const step = isAlone ? active.probes?.step : undefined
  const probe = step === undefined ? 'probe accuracy' : `probe accuracy at step ${formatCount(step)}`
  return {
    ...(!isAlone && { caption: `saturation, probe accuracy and receptive field by layer, ${describeSteps(depth)}` }),
    columns: ['layer', 'directions used', probe, ...(hasFields ? ['receptive field', 'prediction'] : [])],
    rows: runs.flatMap((run) =>
      measuredRows(run).map((row) => [isAlone ? row.name : `${run.letter} ${row.name}`, ...tableCells(row, hasFields)]),
    ),
  }
}

function tableCells(row: DepthRow, hasFields: boolean): readonly string[] {
  const measured = [
    row.spectrum ? describeSaturation(row) : '–',
    row.accuracy === undefined ? '–' : formatAccuracy(row.accuracy),
  ]
  if (!hasFields) return measured
  return [
    ...measured,
    row.field ? describeField(row.field) : 'everything',
    row.border ? describeBorder(row, row.border) : '–',
  ]
}

function measuredRows({ rows }: DepthRun): readonly DepthRow[] {
  return rows.flatMap((row) => row ?? [])
}

function describeSaturation({ spectrum, width }: DepthRow): string {
  if (!spectrum) return ''
  const { count, share } = describeRow(spectrum, width)
  return share ? `${count} · ${share}` : count
}

function describeBorder({ name }: DepthRow, { kind, from }: Border): string {
  const place = from === name ? 'from here' : `from ${from} on, which is not measured,`
  return kind === 'certain'
    ? `predicted unproductive ${place}`.replace(/,$/, '')
    : `${place} only what goes past blocks is new`
}
