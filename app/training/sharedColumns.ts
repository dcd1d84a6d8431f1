import type { Lane } from './lane'
import { STEPS_AT_ONCE } from './pacer'

// Columns of several runs can be compared where they belong to the same step. Runs in lock-step have theirs together
// anyway; one that is behind can have its own at steps at which others had one.

/** Those that were at the next step of this one before it. */
export function leadersOf(lane: Lane, race: readonly Lane[]): readonly Lane[] {
  return race.filter(({ step }) => step > lane.step)
}

/** Whether a column begun now finds one of its step in a run ahead, or none of those ahead was measured so early. */
export function findsItsLike(lane: Lane, race: readonly Lane[]): boolean {
  const columns = leadersOf(lane, race).map(({ columnSteps }) => columnSteps)
  const { columnStep } = lane
  return (
    columns.every(([first = Infinity]) => columnStep < first) || columns.some((steps) => hasStep(steps, columnStep))
  )
}

/**
 * Updates until a column begins that finds its like in the runs ahead. Of the steps within reach it is the first of those
 * at which most were measured, so that a third run meets both others, not now the one and now the other.
 * @returns Infinity where none is within reach
 */
export function stepsToLike(lane: Lane, race: readonly Lane[]): number {
  const { columnStep } = lane
  const shares = new Map<number, number>()
  for (const { columnSteps } of leadersOf(lane, race)) {
    for (let index = firstAfter(columnSteps, columnStep); index < columnSteps.length; index++) {
      const step = columnSteps[index]!
      if (step > columnStep + STEPS_AT_ONCE) break
      shares.set(step, (shares.get(step) ?? 0) + 1)
    }
  }
  const most = Math.max(...shares.values())
  const nearest = Math.min(...[...shares].filter(([, share]) => share === most).map(([step]) => step))
  return nearest - columnStep
}

function hasStep(ascending: readonly number[], step: number): boolean {
  return ascending[firstAfter(ascending, step) - 1] === step
}

/** Index of the first that is greater than `step`, by bisection: a long run has thousands of columns. */
function firstAfter(ascending: readonly number[], step: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! > step) high = middle
    else low = middle + 1
  }
  return low
}
