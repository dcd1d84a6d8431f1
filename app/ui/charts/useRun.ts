import { useRef } from 'react'
import type { RunState } from '../../runs/state'
import { usePage } from '../pageContext'

/** The run on screen, or while `live` is false the run as it last was: a panel nobody sees renders nothing new. */
export function useRun(live: boolean): RunState | undefined {
  const last = useRef<RunState>(undefined)
  return usePage((state) => {
    if (live || !last.current) last.current = state.run
    return last.current
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
