import type { PageState } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import { follow } from './follow'

/** Tells the worker which past step is looked at, so that the decision surface, or what an autoencoder makes, moves with the charts. */
export function sendLooks(store: RunStore, client: TrainingClient): void {
  follow(store, lookedAt, (step) => client.send({ kind: 'lookBack', step }))
}

/** The step of the charts where a surface or reconstructions are drawn. */
function lookedAt({ contenders, view }: PageState): number | undefined {
  const isDrawn = contenders.some(({ run }) => run?.started.plane ?? run?.started.pictures)
  return isDrawn ? (view.hoverStep ?? view.pinnedStep) : undefined
}
