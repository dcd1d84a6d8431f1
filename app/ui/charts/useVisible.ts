import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react'

/** Starts drawing a little before a panel scrolls into view, so that nobody sees it stale. */
const margin = '160px'

/** Whether somebody can see the element: it is near the viewport and the page is not hidden. */
export function useVisible(element: RefObject<Element | null>): boolean {
  const pageShown = useSyncExternalStore(subscribeToVisibility, () => document.visibilityState !== 'hidden')
  const [near, setNear] = useState(true)
  useEffect(() => {
    if (!element.current) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        // A panel without a box (display: none) reports no intersection too.
        const newest = entries.at(-1)
        if (newest) setNear(newest.isIntersecting)
      },
      { rootMargin: margin },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return pageShown && near
}

function subscribeToVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
