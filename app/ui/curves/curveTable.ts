import type { HistoryColumn } from '../../runs/state'
import type { TableText } from '../charts/DataTable'
import { readCurve, type RunCurves } from './runCurves'

/**
 * The curves as a table: a row for every step at which held-out values were measured, and for every run its training
 * and held-out value there, or `only` one of them.
 */
export function curveTable(
  curves: readonly RunCurves[],
  columns: readonly Pick<HistoryColumn, 'step'>[],
  format: (value: number) => string,
  only?: 'training' | 'heldOut',
): TableText {
  const series = curves.flatMap(({ letter, training, heldOut, reached }) => {
    const prefix = curves.length > 1 ? `${letter} ` : ''
    return [
      { name: `${prefix}training`, part: 'training', line: training, reached },
      { name: `${prefix}held-out`, part: 'heldOut', line: heldOut, reached },
    ].filter(({ part, line }) => (only === undefined ? line.length > 0 : part === only))
  })
  return {
    columns: ['step', ...series.map(({ name }) => name)],
    rows: columns.map(({ step }) => [
      step.toLocaleString('en'),
      ...series.map(({ line, reached }) => format(readCurve(line, reached, step))),
    ]),
  }
}
