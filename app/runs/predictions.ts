import type { RunId } from '../worker/protocol'
import { changeRun } from './contenders'
import type { PageState, RunPredictions } from './state'

/** Before anybody looked. */
export const NO_PREDICTIONS: RunPredictions = { newest: undefined, failure: undefined, samples: undefined }

/** The page once something about a run's predictions has changed. */
export function changePredictions(state: PageState, id: RunId, change: Partial<RunPredictions>): PageState {
  return changeRun(state, id, ({ predictions }) => ({ predictions: { ...predictions, ...change } }))
}
