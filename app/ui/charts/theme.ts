import { useSyncExternalStore } from 'react'

/**
 * Changes whenever the theme's colours may have changed. Canvases take it as a dependency and read their CSS variables
 * anew; everything else follows the variables by itself.
 */
export function useThemeKey(): string {
  return useSyncExternalStore(subscribe, themeKey)
}

const darkQuery = '(prefers-color-scheme: dark)'
const contrastQuery = '(prefers-contrast: more)'

function themeKey(): string {
  const chosen = document.documentElement.dataset['theme'] ?? 'system'
  return `${chosen} ${matchMedia(darkQuery).matches} ${matchMedia(contrastQuery).matches}`
}

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(darkQuery), matchMedia(contrastQuery)]
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', listener)
  }
}

/** The value of a colour token such as `--ink` where the element stands, ready for a canvas. */
export function readToken(element: Element, name: `--${string}`): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || 'gray'
}
