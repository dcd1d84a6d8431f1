import { withLearningRate } from '../changes'
import type { Confidence, Evidence, Insight } from '../insight'
import { all, atLeast, forAWindow, type Verdict } from '../latch'
import { guessing, holdsSince, varianceGrowth, type Timeline } from '../timeline'
import { formatFigure } from '../wording'

/** Windowed loss over the lower of the untrained and the guessing loss: nothing was gained. */
const NO_GAIN = [0.9, 0.75] as const
/** Loss of some step over the untrained loss: a jump that no batch explains. */
const JUMP = 1.5
/** Variance of the first layer over where it began; healthy runs stay below 30. */
const BLOWN_UP = [100, 50] as const
const GROWN = [30, 15] as const
/** Windowed loss over that of guessing, for a layer that has blown up. */
const LITTLE_GAIN = [0.5, 0.4] as const
/** Windowed loss over its lowest. */
const RISE = [1.5, 1.25] as const
/** Windowed loss over the lower of the untrained and the guessing loss: small losses double by chance. */
const CONSIDERABLE = [0.3, 0.2] as const
/** Per unit: a third of what PyTorch's start gives standardised data. */
const SMALL_VARIANCE = 0.1
const HARD_REDUCTION = 0.1
/** “If it diverges, try a three times smaller one” (Bengio). */
const SOFT_REDUCTION = 1 / 3

type Symptom = 'refused' | 'jumped' | 'blownUp' | 'roseAgain'

interface Finding {
  readonly symptom: Symptom
  /** Column, or the last one for an update that was refused. */
  readonly since: number
}

/** Steps so long that they jump out of what was learned. */
export function findLearningRateTooHigh(timeline: Timeline): readonly Insight[] {
  const finding = findSymptom(timeline)
  if (!finding) return []
  const { evidence } = timeline
  const { symptom, since } = finding
  const isHard = symptom === 'refused' || symptom === 'jumped'
  const change = withLearningRate(evidence.spec, isHard ? HARD_REDUCTION : SOFT_REDUCTION)
  return [
    {
      rule: 'learningRateTooHigh',
      outputs: [],
      sentence: `${SEEN[symptom]}, so the steps may be too long: try ${change.label}.`,
      condition: CONDITIONS[symptom],
      evidence: symptomEvidence(timeline, symptom, since),
      confidence: CONFIDENCE[symptom],
      source:
        'Bengio 2012, “Practical Recommendations for Gradient-Based Training of Deep Architectures” (learning rate)',
      change,
    },
  ]
}

const SEEN: Readonly<Record<Symptom, string>> = {
  refused: 'An update was not finite',
  jumped: 'The loss jumped far above where it began and is no better than guessing',
  blownUp: 'The first layer’s values have blown up while the loss has hardly fallen',
  roseAgain: 'The loss had been much lower and rose again while the first layer’s values grew',
}

const CONDITIONS: Readonly<Record<Symptom, string>> = {
  refused: 'The loss or a gradient was NaN or infinite.',
  jumped: `Some step’s loss was at least ${JUMP} times the untrained one, and the loss stays above nine tenths of guessing, ${forAWindow}.`,
  blownUp: `The first layer’s variance is at least ${BLOWN_UP[0]} times what it was at the start, and the loss above half of guessing, ${forAWindow}.`,
  roseAgain: `The loss is at least ${RISE[0]} times its lowest and the first layer’s variance at least ${GROWN[0]} times what it was, ${forAWindow}.`,
}

const CONFIDENCE: Readonly<Record<Symptom, Confidence>> = {
  refused: { level: 'high', reason: 'Nothing else in an experiment of this size makes numbers overflow.' },
  jumped: { level: 'high', reason: 'A jump above the untrained loss that does not heal has no other usual cause.' },
  blownUp: { level: 'medium', reason: 'Data that are hard to learn can keep the loss high, too.' },
  roseAgain: { level: 'medium', reason: 'The loss may fall once more by itself.' },
}

function findSymptom(timeline: Timeline): Finding | undefined {
  const { evidence, steps } = timeline
  if (evidence.refusedStep !== undefined) return { symptom: 'refused', since: Math.max(0, steps.length - 1) }
  const verdicts: readonly (readonly [Symptom, (column: number) => Verdict])[] = [
    ['jumped', (column) => hasJumped(timeline, column)],
    ['blownUp', (column) => hasBlownUp(timeline, column)],
    ['roseAgain', (column) => hasRisenAgain(timeline, column)],
  ]
  for (const [symptom, verdictAt] of verdicts) {
    const since = holdsSince(timeline, verdictAt)
    if (since !== undefined) return { symptom, since }
  }
  return undefined
}

function hasJumped(timeline: Timeline, column: number): Verdict {
  const { highestLoss, loss, startLoss } = timeline
  if (!(highestLoss[column]! >= JUMP * startLoss)) return 'fails'
  return atLeast(loss[column]! / guessing(timeline), ...NO_GAIN)
}

function hasBlownUp(timeline: Timeline, column: number): Verdict {
  return all(
    atLeast(firstGrowth(timeline, column), ...BLOWN_UP),
    atLeast(timeline.loss[column]! / guessing(timeline), ...LITTLE_GAIN),
  )
}

function hasRisenAgain(timeline: Timeline, column: number): Verdict {
  const { loss, bestColumn } = timeline
  const best = bestColumn[column]!
  if (best < 0) return 'unclear'
  return all(
    atLeast(loss[column]! / loss[best]!, ...RISE),
    atLeast(loss[column]! / guessing(timeline), ...CONSIDERABLE),
    atLeast(firstGrowth(timeline, column), ...GROWN),
  )
}

/**
 * Growth of the first layer's variance, which the data bound from below. Weights that begin almost at zero grow by any
 * factor, so they count from a small variance instead.
 */
function firstGrowth(timeline: Timeline, column: number): number {
  const first = timeline.hidden[0]
  if (!first) return Number.NaN
  const growth = varianceGrowth(first, timeline, column)
  return Math.min(growth, first.variance[column]! / (SMALL_VARIANCE * first.width))
}

function symptomEvidence(timeline: Timeline, symptom: Symptom, since: number): readonly Evidence[] {
  const { evidence, steps, startLoss, hidden, origin, loss, bestColumn } = timeline
  const series = { kind: 'trainingLoss' } as const
  if (symptom === 'refused') {
    const step = evidence.refusedStep ?? 0
    return [{ kind: 'point', series, step, value: loss.at(-1) ?? startLoss, label: `update ${formatFigure(step)}` }]
  }
  const to = steps.at(-1)!
  const whole: Evidence[] = [
    { kind: 'level', series, value: guessing(timeline), label: 'nothing learned' },
    { kind: 'span', series, from: steps[since]!, to, label: 'steps too long' },
  ]
  if (symptom === 'jumped') return [...whole, { kind: 'level', series, value: JUMP * startLoss, label: 'a jump' }]
  const first = hidden[0]
  if (first) {
    const variance = { kind: 'variance', output: first.output } as const
    const value = first.variance[origin]!
    whole.push({ kind: 'point', series: variance, step: steps[origin]!, value, label: `${first.name} at the start` })
  }
  const best = bestColumn.at(-1) ?? -1
  if (symptom === 'roseAgain' && best >= 0) {
    whole.push({ kind: 'point', series, step: steps[best]!, value: loss[best]!, label: 'lowest' })
  }
  return whole
}
