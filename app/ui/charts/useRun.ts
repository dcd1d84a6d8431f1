import { useRef } from 'react'
import { activeRun } from '../../runs/contenders'
import type { RunState } from '../../runs/state'
import { usePage } from '../pageContext'

/**
 * The run on screen, or while `live` is false the run as it last was: a panel nobody sees renders nothing new.
 * @param restMillis while the run plays it is shown anew no sooner than this: what costs much and is read rather than
 *   watched need not follow every frame.
 */
export function useRun(live: boolean, restMillis = 0): RunState | undefined {
  const shown = useRef<{ readonly run: RunState | undefined; readonly since: number }>(undefined)
  return usePage((state) => {
    const run = activeRun(state)
    const last = shown.current
    // The first run is taken even unseen, so that a panel below the fold is not empty when it scrolls into view.
    if (last && (last.run === run || (!live && last.run))) return last.run
    const now = performance.now()
    const isSameRun = last?.run?.id === run?.id
    if (last && run?.playing && isSameRun && now - last.since < restMillis) return last.run
    shown.current = { run, since: now }
    return run
  })
}

/** The step everything is shown at: under the crosshair, else pinned; undefined follows the newest column. */
export function useShownStep(live: boolean): number | undefined {
  const last = useRef<number>(undefined)
  return usePage((state) => {
    if (live) last.current = state.view.hoverStep ?? state.view.pinnedStep
    return last.current
  })
}
