import { elementsOf } from '../../../experiment/tensorShape'
import { withRegularisation } from '../changes'
import type { Confidence, Evidence, Insight } from '../insight'
import { all, any, atLeast, WINDOW_COLUMNS, forAWindow, type Verdict } from '../latch'
import { holdsSince, recentMean, type LayerTimeline, type Timeline } from '../timeline'
import { formatShare } from '../wording'

/** Training accuracy minus held-out accuracy. */
const GAP = [0.1, 0.07] as const
/** A gap that no draw of held-out samples explains. */
const CLEAR_GAP = 0.2
/** The accuracy of fewer samples is off by a twentieth and more. */
const FEW_HELD_OUT = 50
/** For values: held-out loss over training loss. */
const LOSS_RATIO = [2, 1.5] as const
/** Held-out loss over its lowest so far. */
const RISE = [1.25, 1.1] as const
/** A layer with no more units than the classes need has all it can use when it is this full. */
const FULL = [0.9, 0.8] as const

/**
 * Training goes on improving while held-out samples get worse, and the last hidden layer holds more directions than
 * telling the classes apart takes: it keeps samples apart.
 */
export function findMemorising(timeline: Timeline): readonly Insight[] {
  const { evidence, hidden } = timeline
  const layer = hidden.at(-1)
  if (evidence.heldOutCount === 0 || !layer) return []
  const lowest = lowestHeldOutSoFar(timeline)
  const since = holdsSince(timeline, (column) => {
    const heldOut = evidence.columns[column]?.heldOutLoss ?? Number.NaN
    return all(
      hasGap(timeline, column),
      atLeast(heldOut / lowest[column]!, ...RISE),
      holdsMoreThanNeeded(timeline, layer, column),
    )
  })
  return since === undefined ? [] : [describeMemorising(timeline, layer, since, lowest.at(-1)!)]
}

function describeMemorising(timeline: Timeline, layer: LayerTimeline, since: number, lowest: number): Insight {
  const { output, name, width, directions } = layer
  const isClassification = timeline.goal.kind === 'classification'
  const used = Math.round(recentMean(directions, WINDOW_COLUMNS))
  const change = withRegularisation(timeline.evidence.spec)
  const { right, heldOut } = recentAccuracies(timeline)
  const seen = isClassification
    ? `${formatShare(right)} of the training samples are right and ${formatShare(heldOut)} of the held-out ones`
    : 'Training samples are met far better than held-out ones'
  const gap = isClassification
    ? `Training accuracy is at least ${formatShare(GAP[0])} above held-out accuracy`
    : `Held-out loss is at least ${LOSS_RATIO[0]} times the training loss`
  return {
    rule: 'memorising',
    outputs: [output],
    sentence: `${seen}, and ${name} keeps ${used} of ${width} directions, so it may be learning samples by heart: try ${change.label}.`,
    condition: `${gap}, held-out loss is a quarter above its lowest, and ${name} holds at least ${needed(timeline)} directions or is full, ${forAWindow}.`,
    evidence: memorisingEvidence(timeline, layer, since, lowest),
    confidence: confidenceInGap(timeline, right - heldOut),
    source:
      'Zhang et al. 2017, “Understanding deep learning requires rethinking generalization”; Papyan et al. 2020, “Prevalence of neural collapse during the terminal phase of deep learning training” (C − 1 directions separate C classes)',
    change,
  }
}

function recentAccuracies({ accuracy, evidence }: Timeline): { readonly right: number; readonly heldOut: number } {
  const heldOut = Float64Array.from(evidence.columns, ({ heldOutAccuracy }) => heldOutAccuracy ?? Number.NaN)
  return { right: recentMean(accuracy, WINDOW_COLUMNS), heldOut: recentMean(heldOut, WINDOW_COLUMNS) }
}

function confidenceInGap({ evidence, goal }: Timeline, gap: number): Confidence {
  const { heldOutCount } = evidence
  if (heldOutCount < FEW_HELD_OUT) return { level: 'low', reason: `Only ${heldOutCount} samples are held out.` }
  if (goal.kind !== 'classification') {
    return { level: 'medium', reason: 'Losses of values have no common scale to judge a gap by.' }
  }
  const level = gap < CLEAR_GAP ? 'medium' : 'high'
  return { level, reason: `Held-out accuracy is ${formatShare(gap)} lower, and the held-out loss rises.` }
}

function hasGap({ evidence, goal, accuracy, loss }: Timeline, column: number): Verdict {
  const { heldOutAccuracy, heldOutLoss } = evidence.columns[column]!
  if (goal.kind !== 'classification') {
    return atLeast((heldOutLoss ?? Number.NaN) / loss[column]!, ...LOSS_RATIO)
  }
  return atLeast(accuracy[column]! - (heldOutAccuracy ?? Number.NaN), ...GAP)
}

/** Directions that are more than would do: C classes differ in C − 1, values in as many as there are. */
function needed({ goal }: Timeline): number {
  if (goal.kind === 'classification') return goal.classes
  return 1 + (goal.kind === 'reconstruction' ? elementsOf(goal.shape) : goal.outputs)
}

function holdsMoreThanNeeded(timeline: Timeline, layer: LayerTimeline, column: number): Verdict {
  const least = needed(timeline)
  return any(atLeast(layer.directions[column]!, least, least - 1), atLeast(layer.saturation[column]!, ...FULL))
}

function lowestHeldOutSoFar({ evidence }: Timeline): Float64Array {
  let lowest = Infinity
  return Float64Array.from(evidence.columns, ({ heldOutLoss }) => (lowest = Math.min(lowest, heldOutLoss ?? Infinity)))
}

function memorisingEvidence(
  timeline: Timeline,
  { output, name }: LayerTimeline,
  since: number,
  lowest: number,
): readonly Evidence[] {
  const { evidence, goal, steps } = timeline
  const heldOut = { kind: 'heldOutLoss' } as const
  const from = steps[since]!
  const to = steps.at(-1)!
  const best = evidence.columns.find(({ heldOutLoss }) => heldOutLoss === lowest)
  const gap = goal.kind === 'classification' ? 'heldOutAccuracy' : 'heldOutLoss'
  return [
    { kind: 'point', series: heldOut, step: best?.step ?? 0, value: lowest, label: 'lowest' },
    { kind: 'level', series: heldOut, value: RISE[0] * lowest, label: 'a quarter above the lowest' },
    { kind: 'span', series: { kind: gap }, from, to, label: 'gap to the training samples' },
    {
      kind: 'level',
      series: { kind: 'directions', output },
      value: needed(timeline) - 1,
      label: `enough for ${name}`,
    },
    { kind: 'span', series: { kind: 'saturation', output }, from, to, label: `${name} holds more than that` },
  ]
}
