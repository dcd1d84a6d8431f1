import { activeRun } from '../runs/contenders'
import type { PageState } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { InspectRequest } from '../worker/protocol'

/** A pointer that sweeps over the steps asks for no more than can be seen. */
const MILLIS_BETWEEN_LOOKS = 100

/** Tells the worker which past step is looked at, so that the decision surface, or what an autoencoder makes, moves with the charts. */
export function sendLooks(store: RunStore, client: TrainingClient): void {
  follow(store, lookedAt, (step) => client.send({ kind: 'lookBack', step }))
}

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

/** Sends what is selected of the state when it is another, undefined at first. */
function follow<Looked>(
  store: RunStore,
  select: (state: PageState) => Looked | undefined,
  send: (looked: Looked | undefined) => void,
): void {
  let sent: Looked | undefined
  let rest: ReturnType<typeof setTimeout> | undefined
  const sendNewest = (): void => {
    rest = undefined
    const looked = select(store.getState())
    if (looked === sent) return
    sent = looked
    send(looked)
    rest = setTimeout(sendNewest, MILLIS_BETWEEN_LOOKS)
  }
  store.subscribe(() => {
    if (rest === undefined) sendNewest()
  })
}

/** The step of the charts where a surface or reconstructions are drawn. */
function lookedAt({ contenders, view }: PageState): number | undefined {
  const isDrawn = contenders.some(({ run }) => run?.started.plane ?? run?.started.pictures)
  return isDrawn ? (view.hoverStep ?? view.pinnedStep) : undefined
}

const requestKeys = ['run', 'sample', 'filtersOf', 'step'] as const

function inspected(state: PageState): InspectRequest | undefined {
  const { inspection, view } = state
  const run = inspection.isWatched ? activeRun(state) : undefined
  if (!run) return undefined
  const { sample, filtersOf } = inspection
  return { kind: 'inspect', run: run.id, sample, filtersOf, step: view.hoverStep ?? view.pinnedStep }
}
