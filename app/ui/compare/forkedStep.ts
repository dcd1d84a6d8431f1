import { activeRun } from '../../runs/contenders'
import type { PageState } from '../../runs/state'

/** The step a fork takes up: the pinned one, else the newest that was measured, whose weights are kept. */
export function forkedStep(state: PageState): number | undefined {
  return state.view.pinnedStep ?? activeRun(state)?.history.columns.at(-1)?.step
}
