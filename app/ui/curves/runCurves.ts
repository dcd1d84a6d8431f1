import { classifies } from '../../runs/classifies'
import type { HistoryColumn, Letter, LossSeries } from '../../runs/state'
import type { LetteredRun } from '../compare/useRuns'
import { heldOutLine, valueAt } from './heldOutLine'
import { smooth, type Line } from './smoothing'

/** What is drawn over the steps. */
export type Quantity = 'loss' | 'accuracy'

/** One quantity of one run over the steps. */
export interface RunCurves {
  readonly letter: Letter
  /** As recorded, one value per batch. */
  readonly raw: Line
  /** The same, averaged over steps. */
  readonly training: Line
  readonly heldOut: Line
  /** The step the run has reached: beyond it there is nothing to read. */
  readonly reached: number
}

/** @param smoothing weight of the past per step, 0 ≤ smoothing < 1. */
export function runCurves({ letter, run }: LetteredRun, quantity: Quantity, smoothing: number): RunCurves {
  const { history, step } = run
  const isMeasured = quantity === 'loss' || classifies(run)
  const raw = isMeasured ? trainingLine(history.training, quantity) : nothing
  const key = quantity === 'loss' ? 'heldOutLoss' : 'heldOutAccuracy'
  const heldOut = isMeasured ? heldOutLine(history.columns, key) : nothing
  return { letter, raw, training: smooth(raw, smoothing), heldOut, reached: step }
}

const nothing: Line = { steps: [], values: [], length: 0 }

/** The series grows in place under the same identity: what is taken here is its length. */
function trainingLine(series: LossSeries, quantity: Quantity): Line {
  return { steps: series.steps, values: series[quantity], length: series.length }
}

/** Value of a line at a step, or the newest without one; NaN at steps that the run has not reached yet. */
export function readCurve(line: Line, reached: number, step: number | undefined): number {
  return step !== undefined && step > reached ? Number.NaN : valueAt(line, step)
}

/** The last step of either line; 0 where both are empty. */
export function lastStep({ raw, heldOut }: Pick<RunCurves, 'raw' | 'heldOut'>): number {
  return Math.max(raw.steps[raw.length - 1] ?? 0, heldOut.steps[heldOut.length - 1] ?? 0)
}

/** Where runs are compared by what they make of held-out samples, and else by their training batches. */
export function comparedPart(curves: readonly RunCurves[]): 'heldOut' | 'training' {
  return curves.some(({ heldOut }) => heldOut.length > 0) ? 'heldOut' : 'training'
}

/** The columns of the run that is furthest: only while one catches up are others behind. */
export function furthestColumns(runs: readonly LetteredRun[]): readonly HistoryColumn[] {
  const all = runs.map(({ run }) => run.history.columns)
  return all.reduce((most, columns) => ((columns.at(-1)?.step ?? -1) > (most.at(-1)?.step ?? -1) ? columns : most), [])
}
