import type { PageState } from '../runs/state'
import type { RunStore } from '../runs/store'

/** A pointer that sweeps over the steps asks for no more than can be seen. */
const MILLIS_BETWEEN_LOOKS = 100

/** Sends what is selected of the state when it is another, undefined at first: at once, and not too often. */
export function follow<Looked>(
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
  sendNewest()
}
