import { hasWeights } from '../../../experiment/layerNames'
import { layerAt } from '../../../experiment/layerPlace'
import { withLeakyRelu, withLearningRate } from '../changes'
import type { Confidence, Evidence, Insight, SuggestedChange } from '../insight'
import { atLeast, forAWindow, type Verdict } from '../latch'
import { hasLearned, holdsSince, type LayerTimeline, type Timeline } from '../timeline'
import { capitalise, formatShare } from '../wording'

/** Two units in five; up to one in three are normal where the data are points in the plane. */
const ENTER = 0.4
const LEAVE = 0.3
/** Less of a layer's own highest variance than f32 can tell from none. */
const NO_VARIANCE = 1e-12
const REPAIR_FACTOR = 0.1
const SOURCE =
  'Lu et al. 2020, “Dying ReLU and Initialization”; Maas et al. 2013, “Rectifier Nonlinearities Improve Neural Network Acoustic Models” (leaky ReLU)'

/** The first hidden layer that gives the same for every sample: nothing passes it, forwards or backwards. */
export function findDeadLayer(timeline: Timeline): readonly Insight[] {
  for (const layer of timeline.hidden) {
    const since = holdsSince(timeline, deathOf(timeline, layer))
    if (since !== undefined) return [describeDeadLayer(timeline, layer, since)]
  }
  return []
}

/**
 * Counted units decide; where they were not counted, a layer whose measured output has no variance is dead, or, where
 * the output before the activation function is measured, the layer before it.
 */
function deathOf({ evidence, layers }: Timeline, layer: LayerTimeline): (column: number) => Verdict {
  const isPre = evidence.spec.monitor.output === 'pre'
  const shown = isPre ? layers.find(({ reads }) => reads === layer.name) : layer
  let highest = 0
  const peaks = shown?.variance.map((variance) => (highest = Math.max(highest, variance || 0)))
  return (column) => {
    const counted = layer.deadShare[column]!
    if (!Number.isNaN(counted)) return counted === 1 ? 'holds' : 'fails'
    if (!shown || !peaks || Number.isNaN(shown.variance[column]!)) return 'unclear'
    return shown.variance[column]! <= NO_VARIANCE * peaks[column]! ? 'holds' : 'fails'
  }
}

function describeDeadLayer(timeline: Timeline, layer: LayerTimeline, since: number): Insight {
  const { steps } = timeline
  const { name, output } = layer
  const change = repair(timeline, layer)
  const series = { kind: 'deadShare', output } as const
  return {
    rule: 'deadLayer',
    outputs: [output],
    sentence: `${capitalise(name)} gives the same for every sample, so nothing behind it can tell samples apart: try ${change.label}.`,
    condition: `Every unit of the layer has the same output for all measured samples, ${forAWindow}.`,
    evidence: [
      { kind: 'level', series, value: 1, label: 'all units' },
      { kind: 'span', series, from: steps[since]!, to: steps.at(-1)!, label: `${name} is dead` },
    ],
    confidence: Number.isNaN(layer.deadShare.at(-1) ?? Number.NaN)
      ? { level: 'medium', reason: 'Units were not counted; the missing variance behind the layer says so.' }
      : { level: 'high', reason: 'Every unit was counted on every measured sample.' },
    source: SOURCE,
    change,
  }
}

/** Hidden layers of which many units give the same for every sample. */
export function findDeadUnits(timeline: Timeline): readonly Insight[] {
  return timeline.hidden.flatMap((layer) => {
    const since = holdsSince(timeline, (column) =>
      // In a network that learns nothing, units die of what keeps it from learning.
      hasLearned(timeline, column) ? atLeast(layer.deadShare[column]!, ENTER, LEAVE) : 'fails',
    )
    return since === undefined ? [] : [describeDeadUnits(timeline, layer, since)]
  })
}

function describeDeadUnits(timeline: Timeline, layer: LayerTimeline, since: number): Insight {
  const { name, output, units, deadShare } = layer
  const last = deadShare.findLast((share) => !Number.isNaN(share)) ?? 0
  const change = repair(timeline, layer)
  return {
    rule: 'deadUnits',
    outputs: [output],
    sentence: `${Math.round(last * units)} of the ${units} units of ${name} give the same for every sample: try ${change.label}.`,
    condition: `At least ${formatShare(ENTER)} of the layer’s units have the same output for all measured samples, ${forAWindow}.`,
    evidence: deadUnitEvidence(timeline, layer, since),
    confidence: confidenceInDeadUnits(timeline, layer, last),
    source: SOURCE,
    change,
  }
}

function confidenceInDeadUnits({ origin }: Timeline, { deadShare }: LayerTimeline, last: number): Confidence {
  return last >= 2 * (deadShare[origin] ?? 0)
    ? { level: 'high', reason: 'Most of them died while training.' }
    : { level: 'medium', reason: 'Many were dead before training began, so they may just not be needed.' }
}

function deadUnitEvidence({ steps }: Timeline, { output, name, deadShare }: LayerTimeline, since: number): Evidence[] {
  const series = { kind: 'deadShare', output } as const
  return [
    { kind: 'point', series, step: steps[0]!, value: deadShare[0]!, label: 'at the start' },
    { kind: 'level', series, value: ENTER, label: `${formatShare(ENTER)} of the units` },
    { kind: 'span', series, from: steps[since]!, to: steps.at(-1)!, label: `dead units in ${name}` },
  ]
}

/** ReLU can be replaced; units of other functions are driven to their flat ends by steps that are too long. */
function repair({ evidence }: Timeline, { place, name }: LayerTimeline): SuggestedChange {
  const { spec } = evidence
  const layer = place === undefined ? undefined : layerAt(spec.layers, place)
  return place !== undefined && layer && hasWeights(layer) && layer.activation === 'relu'
    ? withLeakyRelu(spec, place, name)
    : withLearningRate(spec, REPAIR_FACTOR)
}
