import { useSyncExternalStore } from 'react'
import { sectionOf, withMethod, withoutMethod } from './methodAddress'

/** Marks the entries of the history that this page made, so that closing can go back to where it was opened. */
const openedHere = { methodPage: true }

/** The section of the Method page that the address asks for, “” for its top; undefined while the page is closed. */
export function useMethodSection(): string | undefined {
  return useSyncExternalStore(subscribe, () => sectionOf(window.location.search))
}

/** Where a link to the Method page leads; what runs is in the part behind “#”, which stays. */
export function methodHref(section?: string): string {
  return `${withMethod(window.location.search, section)}${window.location.hash}`
}

/** Opens the page on top of the running experiment; the browser's Back closes it again. */
export function openMethod(section?: string): void {
  const isOpen = sectionOf(window.location.search) !== undefined
  // From section to section no entry is added: Back leads out of the page, not through everything that was read.
  if (isOpen) window.history.replaceState(window.history.state, '', methodHref(section))
  else window.history.pushState(openedHere, '', methodHref(section))
  announce()
}

/** Takes the page off the address, if it is still there. */
export function closeMethod(): void {
  if (sectionOf(window.location.search) === undefined) return
  const state: unknown = window.history.state
  const wasOpenedHere = typeof state === 'object' && state !== null && 'methodPage' in state
  if (wasOpenedHere) {
    window.history.back()
    return
  }
  const { pathname, search, hash } = window.location
  window.history.replaceState(null, '', `${pathname}${withoutMethod(search)}${hash}`)
  announce()
}

/** Browsers tell of Back and Forward, but not of what a page does to its own address. */
const changed = new EventTarget()

function announce(): void {
  changed.dispatchEvent(new Event('change'))
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener)
  changed.addEventListener('change', listener)
  return () => {
    window.removeEventListener('popstate', listener)
    changed.removeEventListener('change', listener)
  }
}
