import type { FieldFault } from '../experiment/faults'
import type { Draft } from './state'

/** Everything that is wrong with fields of a draft, whoever found it. */
export function draftFaults({ faults, refusal }: Draft): readonly FieldFault[] {
  return refusal ? [...faults, ...refusal.fields] : faults
}

/** Why a draft does not run, in the words of the first field at fault; undefined where nothing is wrong with it. */
export function draftRefusal({ faults, refusal }: Draft): string | undefined {
  return refusal?.fields[0]?.message ?? refusal?.message ?? faults[0]?.message
}
