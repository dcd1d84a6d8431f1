import { formatAccuracy } from '../charts/numbers'
import type { TableText } from '../charts/DataTable'
import { formatCount } from '../common/format'
import { describeField } from '../model/layerFields'
import { describeRow } from '../saturation/rowText'
import type { DepthRow } from './depthRows'

/** “conv 2: 3 of 8 · 38 %, probe 91.0 %, sees 7×7”. */
export function describeDepthRow(row: DepthRow): string {
  const facts = [
    row.spectrum && describeSaturation(row),
    row.accuracy !== undefined && `probe ${formatAccuracy(row.accuracy)}`,
    row.field && `sees ${describeField(row.field)}`,
    row.border && describeBorder(row.border),
  ]
  return `${row.name}: ${facts.filter(Boolean).join(', ') || 'nothing measured yet'}`
}

/** The figure in words, for people who do not see it. */
export function summariseDepth(rows: readonly DepthRow[]): string {
  return rows.length > 0 ? `${rows.map(describeDepthRow).join('. ')}.` : 'Nothing measured yet.'
}

/** @param probesStep the step the probes are of. */
export function depthTable(rows: readonly DepthRow[], probesStep: number | undefined): TableText {
  const hasFields = rows.some(({ field }) => field)
  const probe = probesStep === undefined ? 'probe accuracy' : `probe accuracy at step ${formatCount(probesStep)}`
  return {
    columns: ['layer', 'directions used', probe, ...(hasFields ? ['receptive field', 'prediction'] : [])],
    rows: rows.map((row) => [
      row.name,
      row.spectrum ? describeSaturation(row) : '–',
      row.accuracy === undefined ? '–' : formatAccuracy(row.accuracy),
      ...(hasFields
        ? [row.field ? describeField(row.field) : 'everything', row.border ? describeBorder(row.border) : '–']
        : []),
    ]),
  }
}

function describeSaturation({ spectrum, width }: DepthRow): string {
  if (!spectrum) return ''
  const { count, share } = describeRow(spectrum, width)
  return share ? `${count} · ${share}` : count
}

function describeBorder(border: NonNullable<DepthRow['border']>): string {
  return border === 'certain' ? 'predicted unproductive from here' : 'from here only what goes past blocks is new'
}
