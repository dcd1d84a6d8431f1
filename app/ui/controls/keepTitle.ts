import { leadingRun } from '../../runs/contenders'
import type { PageStore } from '../pageContext'
import { titleOf } from './titleOf'

/** Browsers draw tabs anew with every change, and nobody reads them more often. */
const SHORTEST_MILLIS = 1_000

/**
 * Keeps a document's title, which tabs and windows show, with the run: it changes at most once a second.
 * @returns ends it.
 */
export function keepTitle(store: PageStore, page: { title: string }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = () => {
    timer = undefined
    const title = titleOf(leadingRun(store.getState()))
    if (page.title === title) return
    page.title = title
    // What changes meanwhile is shown when the second is over.
    timer = setTimeout(show, SHORTEST_MILLIS)
  }
  show()
  const unsubscribe = store.subscribe(() => {
    if (timer === undefined) show()
  })
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}
