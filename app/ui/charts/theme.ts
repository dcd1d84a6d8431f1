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

const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']

function themeKey(): string {
  const chosen = document.documentElement.dataset['theme'] ?? 'system'
  return [chosen, ...queries.map((query) => matchMedia(query).matches)].join(' ')
}

function subscribe(listener: () => void): () => void {
  const lists = queries.map((query) => matchMedia(query))
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  for (const list of lists) list.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    for (const list of lists) list.removeEventListener('change', listener)
  }
}
