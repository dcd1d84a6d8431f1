import type { FieldFault } from '../experiment/faults'
import type { ExperimentSpec } from '../experiment/spec'
import type { Contender, Draft } from './state'

/** Everything that is wrong with fields of a draft, whoever found it. */
export function draftFaults({ faults, refusal }: Draft): readonly FieldFault[] {
  return refusal ? [...faults, ...refusal.fields] : faults
}

/** Why a draft does not run, in the words of the first field at fault; undefined where nothing is wrong with it. */
export function draftRefusal({ faults, refusal }: Draft): string | undefined {
  return refusal?.fields[0]?.message ?? refusal?.message ?? faults[0]?.message
}

/** What is edited, or what runs while that has faults: what can be shared, copied and built upon. */
export function validSpec({ draft, run }: Pick<Contender, 'draft' | 'run'>): ExperimentSpec {
  return draftFaults(draft).length === 0 ? draft.spec : (run?.spec ?? draft.spec)
}
