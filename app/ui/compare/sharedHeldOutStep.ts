import { newestCommonStep } from '../../runs/comparison'
import type { Contender } from '../../runs/state'
import { describeStanding } from './describeStanding'

/**
 * The newest step at which all runs that are level with each other were measured, so that what is read side by side
 * belongs together: their columns arrive a little apart. Runs that broke off or catch up have standings of their own.
 * @param leadingStep the step that the run furthest ahead has come to.
 */
export function sharedHeldOutStep(contenders: readonly Contender[], leadingStep: number): number | undefined {
  const level = contenders.flatMap((contender) =>
    contender.run && !describeStanding(contender, leadingStep) ? contender.run : [],
  )
  return newestCommonStep(level)
}
