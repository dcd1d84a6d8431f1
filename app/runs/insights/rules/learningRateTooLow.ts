import { withLearningRate } from '../changes'
import type { Evidence, Insight } from '../insight'
import { all, atLeast, below, forAWindow, type Verdict } from '../latch'
import { holdsSince, varianceGrowth, type Timeline } from '../timeline'
import { formatFigure, formatShare } from '../wording'

/** Share of the untrained loss that is left: training that moves at all is past this in a quarter of its steps. */
const ENTER_LOSS = 0.95
const LEAVE_LOSS = 0.9
/** How far a layer's variance may be from where it began and still count as unmoved. */
const ENTER_CHANGE = 0.1
const LEAVE_CHANGE = 0.25
/** Below this share of an untrained network's loss it came trained, and has nothing left to learn. */
const UNTRAINED = 0.5
const EARLIEST_SHARE = 0.25
const RAISE_FACTOR = 10
/** A loss that fell by less than this has not moved. */
const UNMOVED = 0.01

/** A quarter of the steps are done, and neither the loss nor what the layers show has moved. */
export function findLearningRateTooLow(timeline: Timeline): readonly Insight[] {
  const { evidence, startLoss, loss, steps, origin } = timeline
  const { spec, plannedSteps } = evidence
  const originStep = steps[origin] ?? 0
  // In a warm-up small steps are meant.
  const earliest = Math.max(originStep, spec.schedule.warmup) + EARLIEST_SHARE * (plannedSteps - originStep)
  const since = holdsSince(timeline, (column) => isUnmoved(timeline, column), Math.min(earliest, plannedSteps))
  if (since === undefined) return []
  const change = withLearningRate(spec, RAISE_FACTOR)
  const fallen = 1 - loss.at(-1)! / startLoss
  return [
    {
      rule: 'learningRateTooLow',
      outputs: [],
      sentence: `After ${formatFigure(steps.at(-1)!)} steps the loss has ${fallen < 0.0005 ? 'not fallen' : `fallen by ${formatShare(fallen)}`} and the layers look as they did at the start, so the steps may be too small: try ${change.label}.`,
      condition: `After a quarter of the steps the training loss is above ${formatShare(ENTER_LOSS)} of where it began and every layer’s variance within ${formatShare(ENTER_CHANGE)} of it, ${forAWindow}.`,
      evidence: lowRateEvidence(timeline, since),
      confidence:
        fallen < UNMOVED
          ? { level: 'high', reason: 'Neither the loss nor any layer has moved.' }
          : { level: 'medium', reason: 'The loss does move; it may need patience instead.' },
      source:
        'Bengio 2012, “Practical Recommendations for Gradient-Based Training of Deep Architectures” (learning rate)',
      change,
    },
  ]
}

function isUnmoved(timeline: Timeline, column: number): Verdict {
  const { loss, startLoss, layers } = timeline
  if (startLoss < UNTRAINED * untrainedLoss(timeline)) return 'fails'
  const share = loss[column]! / startLoss
  const moved = layers.map((layer) => Math.abs(Math.log(varianceGrowth(layer, timeline, column))))
  const most = Math.max(...moved.filter((change) => !Number.isNaN(change)))
  return all(
    atLeast(share, ENTER_LOSS, LEAVE_LOSS),
    below(share, 2 - ENTER_LOSS, 2 - LEAVE_LOSS),
    below(most, ENTER_CHANGE, LEAVE_CHANGE),
  )
}

/**
 * Loss of a network that knows nothing. The variance of regression targets is not known here; but what a trained
 * network answers varies as much as they do, and what an untrained one answers hardly does. Losses are means over outputs.
 */
function untrainedLoss({ chance, layers, origin }: Timeline): number {
  if (chance < Infinity) return chance
  const output = layers.find(({ hidden }) => !hidden)
  return output ? output.variance[origin]! / output.width : 0
}

function lowRateEvidence({ startLoss, steps, layers, origin }: Timeline, since: number): readonly Evidence[] {
  const loss = { kind: 'trainingLoss' } as const
  return [
    { kind: 'level', series: loss, value: startLoss, label: 'untrained' },
    { kind: 'level', series: loss, value: ENTER_LOSS * startLoss, label: `${formatShare(ENTER_LOSS)} of that` },
    { kind: 'span', series: loss, from: steps[since]!, to: steps.at(-1)!, label: 'hardly moved' },
    ...layers.map(({ output, variance, name }): Evidence => ({
      kind: 'level',
      series: { kind: 'variance', output },
      value: variance[origin]!,
      label: `${name} at the start`,
    })),
  ]
}
