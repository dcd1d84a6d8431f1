import { useCallback } from 'react'
import type { FieldFault } from '../../experiment/faults'
import type { ExperimentSpec } from '../../experiment/spec'
import { activeDraft } from '../../runs/contenders'
import { draftFaults } from '../../runs/draftFaults'
import { useCommands, usePage } from '../pageContext'

/** The spec as edited so far, and a way to edit it further. */
export function useSpecEditor(): {
  readonly spec: ExperimentSpec
  readonly edit: (change: (spec: ExperimentSpec) => ExperimentSpec) => void
} {
  const spec = usePage((state) => activeDraft(state).spec)
  const commands = useCommands()
  const edit = useCallback(
    (change: (spec: ExperimentSpec) => ExperimentSpec) => commands.edit(change(spec)),
    [commands, spec],
  )
  return { spec, edit }
}

/** What is wrong with the field at `path` of the draft: “layers.1.units”. */
export function useFault(path: string): FieldFault | undefined {
  return usePage((state) => draftFaults(activeDraft(state)).find((fault) => fault.path === path))
}
