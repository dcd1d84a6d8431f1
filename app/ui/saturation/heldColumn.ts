import type { RunState } from '../../runs/state'
import { columnIndexAt } from '../charts/history'

/** What of a run says which column it shows. */
export type Measured = Pick<RunState, 'step'> & { readonly history: Pick<RunState['history'], 'columns'> }

/**
 * Position of the column that holds at `step`, or of the newest; −1 where there is none, and beyond the step the run
 * has come to: one that still catches up says nothing of later steps.
 */
export function heldIndex({ step: reached, history: { columns } }: Measured, step: number | undefined): number {
  if (step === undefined) return columns.length - 1
  return step > reached ? -1 : columnIndexAt(columns, step)
}

/** The column at that position. */
export function heldColumn(
  run: Measured,
  step: number | undefined,
): RunState['history']['columns'][number] | undefined {
  return run.history.columns[heldIndex(run, step)]
}
