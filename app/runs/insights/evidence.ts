import type { TaskShape } from '../../experiment/dataShape'
import type { ExperimentSpec } from '../../experiment/spec'
import type { TensorShape } from '../../experiment/tensorShape'
import type { HistoryColumn, LossSeries, RunChange, RunState } from '../state'

/** What a run has measured so far: all that the rules of Insights know. */
export interface RunEvidence {
  /** As it is now, live changes included; δ and the convention are those on screen. */
  readonly spec: ExperimentSpec
  /** Of one sample. */
  readonly shape: TensorShape
  readonly task: TaskShape
  readonly trainingCount: number
  readonly heldOutCount: number
  /** The measured layers, in order. */
  readonly outputs: readonly { readonly name: string; readonly width: number }[]
  /** In step order. */
  readonly columns: readonly HistoryColumn[]
  readonly training: LossSeries
  readonly plannedSteps: number
  /** Live changes in order. */
  readonly changes: readonly RunChange[]
  /** Update that was refused because something in it was NaN or infinite; undefined where none was. */
  readonly refusedStep: number | undefined
}

/** A run on the page as the rules see it. */
export function evidenceOf(run: RunState): RunEvidence {
  const { spec, started, history, plannedSteps, changes, stop } = run
  const { task, shape, trainingCount, heldOutCount } = started.data
  return {
    spec,
    shape,
    task,
    trainingCount,
    heldOutCount,
    outputs: started.outputs,
    columns: history.columns,
    training: history.training,
    plannedSteps,
    changes,
    refusedStep: stop?.kind === 'non-finite' ? stop.fault.step : undefined,
  }
}
