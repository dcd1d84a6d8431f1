import { withLearningRate, withLessDecay } from '../changes'
import type { Evidence, Insight } from '../insight'
import { all, atLeast, below, forAWindow, type Verdict } from '../latch'
import { guessing, holdsSince, varianceGrowth, type LayerTimeline, type Timeline } from '../timeline'
import { capitalise, formatFigure, formatShare } from '../wording'

/** A layer that keeps less than half of its effective rank has collapsed, unless the loss fell meanwhile. */
const RANK = [0.5, 0.65] as const
/** Simplifying while the loss falls is learning: windowed loss over its lowest. */
const RISE = [1.05, 1.02] as const
/** What is left of the first layer's variance once it has faded; healthy layers grow. */
const FADED = [1e-3, 1e-2] as const
/** Windowed loss over that of guessing, for a network that has faded. */
const NO_GAIN = [0.95, 0.85] as const
const REPAIR_FACTOR = 1 / 3

/** A network that shrinks to nothing, or the first hidden layer that loses directions while the training loss rises. */
export function findCollapse(timeline: Timeline): readonly Insight[] {
  const first = timeline.hidden[0]
  const faded = first && holdsSince(timeline, (column) => hasFaded(timeline, first, column))
  if (first && faded !== undefined) return [describeFading(timeline, first, faded)]
  for (const layer of timeline.hidden) {
    const since = holdsSince(timeline, (column) => hasCollapsed(timeline, layer, column))
    if (since !== undefined) return [describeCollapse(timeline, layer, since)]
  }
  return []
}

/** The first layer sees the data themselves: only its own weights can take its variance away. */
function hasFaded(timeline: Timeline, first: LayerTimeline, column: number): Verdict {
  return all(
    below(varianceGrowth(first, timeline, column), ...FADED),
    atLeast(timeline.loss[column]! / guessing(timeline), ...NO_GAIN),
  )
}

function hasCollapsed({ loss, bestColumn }: Timeline, layer: LayerTimeline, column: number): Verdict {
  const best = bestColumn[column]!
  if (best < 0) return 'unclear'
  const rise = atLeast(loss[column]! / loss[best]!, ...RISE)
  if (rise === 'fails') return 'fails'
  // Variance that grows while the loss does is a learning rate too high, not a collapse.
  if (layer.variance[column]! >= layer.variance[best]!) return 'fails'
  return all(rise, below(layer.effectiveRank[column]! / layer.effectiveRank[best]!, ...RANK))
}

function describeFading(timeline: Timeline, first: LayerTimeline, since: number): Insight {
  const { steps, origin } = timeline
  const { name, output, variance } = first
  const series = { kind: 'variance', output } as const
  const start = variance[origin]!
  return {
    ...remedy(
      timeline,
      (change) =>
        `The variance of ${name} has shrunk below ${formatShare(FADED[0])} of what it was and nothing was learned: try ${change}.`,
    ),
    outputs: [output],
    condition: `The variance of the first layer is below a thousandth of what it was at the start, and the training loss no better than guessing, ${forAWindow}.`,
    evidence: [
      { kind: 'point', series, step: steps[origin]!, value: start, label: 'at the start' },
      { kind: 'level', series, value: FADED[0] * start, label: 'a thousandth' },
      { kind: 'span', series, from: steps[since]!, to: steps.at(-1)!, label: `${capitalise(name)} has faded` },
    ],
  }
}

function describeCollapse(timeline: Timeline, layer: LayerTimeline, since: number): Insight {
  const { bestColumn, steps } = timeline
  const { name, output, effectiveRank } = layer
  const last = steps.length - 1
  const best = Math.max(0, bestColumn[last]!)
  const [before, now] = [formatFigure(effectiveRank[best]!), formatFigure(effectiveRank[last]!)]
  return {
    ...remedy(
      timeline,
      (change) =>
        `Since step ${formatFigure(steps[best]!)} the effective rank of ${name} fell from ${before} to ${now} while the training loss rose: try ${change}.`,
    ),
    outputs: [output],
    condition: `Variance and effective rank of the layer fell, the rank below half of what it was when the training loss was lowest, and the loss has risen by a twentieth since, ${forAWindow}.`,
    evidence: collapseEvidence(timeline, layer, { best, since, rank: effectiveRank[best]! }),
  }
}

function collapseEvidence(
  { steps, loss }: Timeline,
  { output, name }: LayerTimeline,
  { best, since, rank }: { readonly best: number; readonly since: number; readonly rank: number },
): readonly Evidence[] {
  const series = { kind: 'effectiveRank', output } as const
  const step = steps[best]!
  return [
    { kind: 'point', series, step, value: rank, label: 'when the loss was lowest' },
    { kind: 'level', series, value: RANK[0] * rank, label: 'half of that' },
    { kind: 'span', series, from: steps[since]!, to: steps.at(-1)!, label: `${capitalise(name)} has collapsed` },
    { kind: 'point', series: { kind: 'trainingLoss' }, step, value: loss[best]!, label: 'lowest loss' },
  ]
}

/** Less of what pulls the weights to zero, or shorter steps where nothing does. */
function remedy(
  { evidence }: Timeline,
  sentence: (change: string) => string,
): Pick<Insight, 'rule' | 'sentence' | 'confidence' | 'source' | 'change'> {
  const lessDecay = withLessDecay(evidence.spec)
  const change = lessDecay ?? withLearningRate(evidence.spec, REPAIR_FACTOR)
  return {
    rule: 'collapsing',
    sentence: sentence(change.label),
    confidence: lessDecay
      ? { level: 'high', reason: 'The settings pull the weights to zero, and variance and rank fall with them.' }
      : { level: 'medium', reason: 'Nothing in the settings pulls the weights to zero, so the cause is a guess.' },
    source:
      'Roy & Vetterli 2007, “The effective rank”; Kumar et al. 2021, “Implicit Under-Parameterization Inhibits Data-Efficient Deep Reinforcement Learning” (features that lose rank)',
    change,
  }
}
