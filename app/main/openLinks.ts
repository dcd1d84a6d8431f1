import { readRaceLink } from '../experiment/raceLink'
import { letters } from '../worker/protocol'

/** A window, as far as it is needed. */
interface LinkedPage extends Pick<EventTarget, 'addEventListener'> {
  readonly location: { readonly hash: string }
}

/**
 * Opens an experiment whose link is put into the address of a page that is open already: browsers then only change
 * the part behind “#”. The page itself never changes it, and its anchors are no links to experiments.
 * @param reopen loads the page anew, at its address as it is by then.
 */
export function openLinksWhileOpen(page: LinkedPage, reopen: () => void): void {
  page.addEventListener('hashchange', () => {
    if (readRaceLink(page.location.hash, letters.length) !== undefined) reopen()
  })
}
