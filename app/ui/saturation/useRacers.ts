import { useRef } from 'react'
import type { Contender } from '../../runs/state'
import { usePage } from '../pageContext'

/** One of the runs side by side, as far as a chart is concerned: its draft does not matter. */
export type Racer = Pick<Contender, 'letter' | 'run'>

/**
 * The runs on screen in the order of their letters, or while `live` is false as they last were; the same array while
 * none of them changed.
 */
export function useRacers(live: boolean): readonly Racer[] {
  const shown = useRef<readonly Racer[]>([])
  return usePage(({ contenders }) => {
    const last = shown.current
    // Runs that came or went are taken in even unseen, so that a panel below the fold is not empty when it is reached.
    const isKept = live ? isSame(last, contenders, ({ run }) => run) : isSame(last, contenders, ({ run }) => run?.id)
    if (!isKept) shown.current = contenders
    return shown.current
  })
}

function isSame(before: readonly Racer[], after: readonly Racer[], key: (racer: Racer) => unknown): boolean {
  return (
    before.length === after.length &&
    after.every((racer, index) => {
      const other = before[index]
      return other !== undefined && other.letter === racer.letter && key(other) === key(racer)
    })
  )
}
