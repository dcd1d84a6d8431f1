import { confidenceInDirections } from '../confidence'
import { withWidth } from '../changes'
import type { Evidence, Insight } from '../insight'
import { all, atLeast, below, WINDOW_COLUMNS, forAWindow, type Verdict } from '../latch'
import { narrowestWidth, roundWidthUp } from '../../widths'
import { holdsSince, recentMean, type LayerTimeline, type Timeline } from '../timeline'
import { capitalise, formatShare } from '../wording'

const ENTER = 0.9
const LEAVE = 0.8
/** More directions arrive than fit: otherwise the layer is as wide as what it is given. */
const ENTER_OF_INPUT = 1.5
const LEAVE_OF_INPUT = 1.2
/** A network that gets nearly every training sample right is not held back by anything. */
const FITTED_ACCURACY = [0.95, 0.97] as const
/** The same for values: what is left of the untrained network's loss. */
const UNFITTED_LOSS = [0.1, 0.05] as const
/** Early in training every network fits badly. */
const EARLIEST_SHARE = 0.25

/** The narrowest hidden layer that uses all it has, gets more than it can hold, and belongs to a network that underfits. */
export function findFullLayer(timeline: Timeline): readonly Insight[] {
  const { hidden, evidence, steps, goal } = timeline
  // A narrow layer between wide ones is what makes an autoencoder.
  if (goal.kind === 'reconstruction') return []
  const found = hidden.flatMap((layer) => {
    const before = hidden.find(({ name }) => name === layer.reads)
    const since = fullSince(timeline, layer, before)
    return since === undefined ? [] : [{ layer, since }]
  })
  const [narrowest] = found.toSorted((a, b) => a.layer.width - b.layer.width)
  if (!narrowest) return []
  const { layer, since } = narrowest
  const { name, output, width } = layer
  const separating = narrowestWidth(goal)
  const units = roundWidthUp(Math.max(2 * width, separating))
  const used = Math.round(recentMean(layer.directions, WINDOW_COLUMNS))
  return [
    {
      rule: 'full',
      outputs: [output],
      sentence: `${capitalise(name)} uses ${used} of ${width} directions, more arrive, and the training data are not yet learned: try a width of ${units}.`,
      condition: `The layer uses at least ${formatShare(ENTER)} of its directions and gets half as many again, while ${fitCondition(timeline)}, ${forAWindow}.`,
      evidence: [...fullEvidence(timeline, layer, since), ...fitEvidence(timeline, steps[since]!)],
      confidence: confidenceInDirections(
        timeline,
        [layer],
        width < separating
          ? {
              level: 'high',
              reason: `What the network has to tell apart spans ${separating} directions; ${width} fit.`,
            }
          : { level: 'medium', reason: 'The network may be held back by something else, as noise in the data.' },
      ),
      source:
        'A layer of d units passes on at most d directions; Richter et al. 2021, “Exploring the Properties and Evolution of Neural Network Eigenspaces during Training” (saturation and capacity)',
      change: withWidth(evidence.spec, layer, units, evidence),
    },
  ]
}

function fullSince(timeline: Timeline, layer: LayerTimeline, before: LayerTimeline | undefined): number | undefined {
  const { width, inputWidth, saturation } = layer
  if (width !== layer.units) return undefined
  // A window, or a dense layer on an image, meets each direction once in every place, unless all places were measured.
  const places = before && before.width === before.units ? inputWidth / before.width : 1
  return holdsSince(
    timeline,
    (column) => {
      const arriving = before ? before.directions[column]! * places : inputWidth
      return all(
        atLeast(saturation[column]!, ENTER, LEAVE),
        atLeast(arriving / width, ENTER_OF_INPUT, LEAVE_OF_INPUT),
        underfits(timeline, column),
      )
    },
    EARLIEST_SHARE * timeline.evidence.plannedSteps,
  )
}

function underfits({ evidence, accuracy, loss, startLoss }: Timeline, column: number): Verdict {
  if (evidence.task.kind === 'regression') return atLeast(loss[column]! / startLoss, ...UNFITTED_LOSS)
  return below(accuracy[column]!, ...FITTED_ACCURACY)
}

function fitCondition({ evidence }: Timeline): string {
  return evidence.task.kind === 'regression'
    ? `the training loss stays above ${formatShare(UNFITTED_LOSS[0])} of where it began`
    : `the training accuracy stays below ${formatShare(FITTED_ACCURACY[0])}`
}

function fullEvidence({ steps }: Timeline, { output, name }: LayerTimeline, since: number): readonly Evidence[] {
  const series = { kind: 'saturation', output } as const
  return [
    { kind: 'level', series, value: ENTER, label: `${formatShare(ENTER)} of the directions` },
    { kind: 'span', series, from: steps[since]!, to: steps.at(-1)!, label: `${name} is full` },
  ]
}

function fitEvidence({ evidence, startLoss, steps }: Timeline, from: number): readonly Evidence[] {
  const isRegression = evidence.task.kind === 'regression'
  const series = { kind: isRegression ? 'trainingLoss' : 'trainingAccuracy' } as const
  const value = isRegression ? UNFITTED_LOSS[0] * startLoss : FITTED_ACCURACY[0]
  return [
    { kind: 'level', series, value, label: 'learned' },
    { kind: 'span', series, from, to: steps.at(-1)!, label: 'not yet learned' },
  ]
}
