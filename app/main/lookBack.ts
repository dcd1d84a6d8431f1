import type { PageState } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'

/** A pointer that sweeps over the steps asks for no more surfaces than can be seen. */
const MILLIS_BETWEEN_LOOKS = 100

/** Tells the worker which past step is looked at, so that the decision surface, or what an autoencoder makes, moves with the charts. */
export function sendLooks(store: RunStore, client: TrainingClient): void {
  let sent: number | undefined
  let rest: ReturnType<typeof setTimeout> | undefined
  const send = (): void => {
    rest = undefined
    const step = lookedAt(store.getState())
    if (step === sent) return
    sent = step
    client.send({ kind: 'lookBack', step })
    rest = setTimeout(send, MILLIS_BETWEEN_LOOKS)
  }
  store.subscribe(() => {
    if (rest === undefined) send()
  })
}

/** The step of the charts where a surface or reconstructions are drawn. */
function lookedAt({ contenders, view }: PageState): number | undefined {
  const isDrawn = contenders.some(({ run }) => run?.started.plane ?? run?.started.pictures)
  return isDrawn ? (view.hoverStep ?? view.pinnedStep) : undefined
}
