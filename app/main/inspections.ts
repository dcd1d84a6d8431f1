import { activeRun } from '../runs/contenders'
import type { PageState } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { InspectRequest } from '../worker/protocol'
import { follow } from './follow'

/** Has the active run's network show the sample that somebody looks at, at the step of the charts. */
export function sendInspections(store: RunStore, client: TrainingClient): void {
  let wanted: InspectRequest | undefined
  const select = (state: PageState): InspectRequest | undefined => {
    const next = inspected(state)
    const isSame = wanted && next && requestKeys.every((key) => wanted?.[key] === next[key])
    if (!isSame) wanted = next
    return wanted
  }
  follow(store, select, (request) => client.send(request ?? { kind: 'endInspection' }))
}

const requestKeys = ['run', 'sample', 'filtersOf', 'step'] as const

function inspected(state: PageState): InspectRequest | undefined {
  const { inspection, view } = state
  const run = inspection.isWatched ? activeRun(state) : undefined
  if (!run) return undefined
  const { sample, filtersOf } = inspection
  return { kind: 'inspect', run: run.id, sample, filtersOf, step: view.hoverStep ?? view.pinnedStep }
}
