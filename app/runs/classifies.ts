import { goalOf } from '../experiment/goal'
import type { RunState } from './state'

/** Whether a run tells classes apart: values and reconstructions have a loss alone. */
export function classifies({ started: { spec, data } }: Pick<RunState, 'started'>): boolean {
  return goalOf(spec.loss, data).kind === 'classification'
}
