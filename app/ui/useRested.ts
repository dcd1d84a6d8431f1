import { useRef } from 'react'
import { leadingRun } from '../runs/contenders'
import type { PageState } from '../runs/state'
import { usePage } from './pageContext'

/**
 * A part of the page's state that is read rather than watched: while training goes on it is taken anew no sooner than
 * after `restMillis`, and at once when training begins or stops.
 * @param select returns text or numbers: an object made anew each time would render for ever.
 */
export function useRested<Part extends string | number>(select: (state: PageState) => Part, restMillis: number): Part {
  const shown = useRef<{ readonly part: Part; readonly isPlaying: boolean; readonly since: number }>(undefined)
  return usePage((state) => {
    const isPlaying = leadingRun(state)?.playing ?? false
    const last = shown.current
    const now = performance.now()
    if (last && isPlaying && last.isPlaying && now - last.since < restMillis) return last.part
    const part = select(state)
    shown.current = { part, isPlaying, since: now }
    return part
  })
}
