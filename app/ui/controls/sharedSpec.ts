import type { ExperimentSpec } from '../../experiment/spec'
import { draftFaults } from '../../runs/draftFaults'
import type { Contender } from '../../runs/state'

/** What a link shares of a run: what is on screen, since a draft with faults would make a link that opens nothing. */
export function sharedSpec({ draft, run }: Contender): ExperimentSpec {
  return draftFaults(draft).length === 0 ? draft.spec : (run?.spec ?? draft.spec)
}
