import { areAbreast, networkSize, newestCommonStep, resultsAt } from '../../runs/comparison'
import type { RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { differenceInPoints, differenceInSize, same } from './differenceText'
import type { LetteredRun } from './useRuns'

/**
 * Every run against the baseline in one line: “Against A: B accuracy −1.2 points, parameters −58 %”.
 * @param runs the baseline first.
 */
export function describeFindings([baseline, ...others]: readonly LetteredRun[]): string {
  if (!baseline || others.length === 0) return 'The other runs have not started yet.'
  return `Against ${baseline.letter}: ${others.map((entry) => describeOne(entry, baseline.run)).join(' · ')}`
}

function describeOne({ letter, run }: LetteredRun, baseline: RunState): string {
  const parameters = differenceInSize(networkSize(run).parameters, networkSize(baseline).parameters)
  const found = [
    areAbreast(run, baseline) ? achievement(run, baseline) : `is at step ${formatCount(run.step)}`,
    parameters === same ? undefined : parameters && `parameters ${parameters}`,
  ]
  return `${letter} ${found.filter((part) => part !== undefined).join(', ')}`
}

/** Held-out accuracy, or the loss where there is none. */
function achievement(run: RunState, baseline: RunState): string {
  // Of the same step: their columns arrive a little apart.
  const step = newestCommonStep([run, baseline])
  const [results, there] = [resultsAt(run, step), resultsAt(baseline, step)]
  const points = differenceInPoints(results.heldOutAccuracy, there.heldOutAccuracy, 1)
  if (points !== undefined) return points === same ? 'the same accuracy' : `accuracy ${points}`
  const loss = differenceInSize(results.heldOutLoss, there.heldOutLoss)
  if (loss === undefined) return 'not measured yet'
  return loss === same ? 'the same loss' : `loss ${loss}`
}
