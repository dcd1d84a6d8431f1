import { useSyncExternalStore } from 'react'

/**
 * Names the theme in force; changes when the colours may have changed. Canvases draw again when it does; everything
 * else follows the CSS variables by itself.
 */
export function useThemeKey(): string {
  return useSyncExternalStore(subscribe, themeKey)
}

/** A colour token of tokens.css, ready for a canvas. */
export type ReadToken = (name: `--${string}`) => string

const known = new Map<string, string>()

/** Reads tokens of the theme in force. Kept per theme: asking the browser for a computed style costs a style pass. */
export function tokensOf(theme: string): ReadToken {
  return (name) => {
    const key = `${theme} ${name}`
    const kept = known.get(key)
    if (kept !== undefined) return kept
    const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
    known.set(key, value)
    return value
  }
}

/** Asked once: making a query anew for every snapshot of every canvas adds up. */
let queries: readonly MediaQueryList[] | undefined

function themeQueries(): readonly MediaQueryList[] {
  queries ??= [matchMedia('(prefers-color-scheme: dark)'), matchMedia('(prefers-contrast: more)')]
  return queries
}

function themeKey(): string {
  const chosen = document.documentElement.dataset['theme'] ?? 'system'
  return [chosen, ...themeQueries().map((query) => query.matches)].join(' ')
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  for (const query of themeQueries()) query.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    for (const query of themeQueries()) query.removeEventListener('change', listener)
  }
}
