import type { FieldFault } from '../experiment/faults'
import type { Draft } from './state'

/** Everything that is wrong with fields of a draft, whoever found it. */
export function draftFaults({ faults, refusal }: Draft): readonly FieldFault[] {
  return refusal ? [...faults, ...refusal.fields] : faults
}
