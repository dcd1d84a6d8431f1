import { useCallback, useSyncExternalStore } from 'react'

/** Below this width the page is a phone's: one column, settings in a drawer. */
export const phoneQuery = '(max-width: 699.98px)'

/** Whether a media query holds, now and after every change. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
