import { useRef } from 'react'
import type { Contender, Letter, RunState } from '../../runs/state'
import { usePage } from '../pageContext'

/** A run and the letter it goes by. */
export interface LetteredRun {
  readonly letter: Letter
  readonly run: RunState
}

interface Shown {
  readonly contenders: readonly Contender[]
  readonly runs: readonly LetteredRun[]
  readonly since: number
}

/**
 * All runs side by side that have started, in the order of their letters, or while `live` is false as they last were;
 * the same array while none of them changed.
 * @param restMillis while they play they are shown anew no sooner than this.
 */
export function useRuns(live: boolean, restMillis: number): readonly LetteredRun[] {
  const shown = useRef<Shown>(undefined)
  return usePage(({ contenders }) => {
    const last = shown.current
    // The first runs are taken even unseen, so that a panel below the fold is not empty when it scrolls into view.
    if (last && (last.contenders === contenders || (!live && last.runs.length > 0))) return last.runs
    const runs = contenders.flatMap(({ letter, run }) => (run ? { letter, run } : []))
    const now = performance.now()
    if (last && areSame(last.runs, runs, ({ run }) => run)) {
      shown.current = { ...last, contenders }
      return last.runs
    }
    const goOn = last !== undefined && areSame(last.runs, runs, ({ run }) => run.id)
    if (goOn && runs.some(({ run }) => run.playing) && now - last.since < restMillis) return last.runs
    shown.current = { contenders, runs, since: now }
    return runs
  })
}

/** Whether both have the same letters in the same order, and the same of what is asked for. */
function areSame(
  before: readonly LetteredRun[],
  after: readonly LetteredRun[],
  key: (entry: LetteredRun) => unknown,
): boolean {
  if (before.length !== after.length) return false
  return after.every((entry, index) => {
    const other = before[index]
    return other?.letter === entry.letter && key(other) === key(entry)
  })
}
