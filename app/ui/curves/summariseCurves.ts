import type { RunState } from '../../runs/state'
import { formatAccuracy, formatMeasure } from '../charts/numbers'
import { formatCount } from '../common/format'
import type { LetteredRun } from '../compare/useRuns'
import { heldOutLine, valueAt } from './heldOutLine'

/** Where the curves of every run end, for people who do not see them. */
export function summariseCurves(runs: readonly LetteredRun[]): string {
  const measured = runs.filter(({ run }) => run.history.training.length > 0)
  const [only] = measured
  if (!only) return 'Nothing trained yet.'
  if (runs.length === 1) return `Step ${formatCount(only.run.step)}: ${newest(only.run)}.`
  return measured.map(({ letter, run }) => `Run ${letter}, step ${formatCount(run.step)}: ${newest(run)}.`).join(' ')
}

function newest({ history: { training, columns } }: RunState): string {
  const loss = formatMeasure(training.loss[training.length - 1] ?? Number.NaN)
  const heldOutLoss = valueAt(heldOutLine(columns, 'heldOutLoss'), undefined)
  const heldOutAccuracy = valueAt(heldOutLine(columns, 'heldOutAccuracy'), undefined)
  return [
    `training loss ${loss}`,
    ...(Number.isFinite(heldOutLoss) ? [`held-out loss ${formatMeasure(heldOutLoss)}`] : []),
    ...(Number.isFinite(heldOutAccuracy) ? [`held-out accuracy ${formatAccuracy(heldOutAccuracy)}`] : []),
  ].join(', ')
}
