import { confidenceInDirections } from '../confidence'
import { withWidth } from '../changes'
import type { Insight } from '../insight'
import { all, below, WINDOW_COLUMNS, forAWindow } from '../latch'
import { narrowestWidth, roundWidthUp } from '../../widths'
import { hasLearned, holdsSince, recentMean, type LayerTimeline, type Timeline } from '../timeline'
import { capitalise } from '../wording'

/** A tenth of the directions, and what ends it. */
const ENTER = 0.1
const LEAVE = 0.13
/**
 * A layer never shows more directions than it gets, however wide it is: one that uses more than half of what reaches
 * it is busy, and may need its width to bend them (two inputs fan out to 32 ReLU units, and k stays 2).
 */
const ENTER_OF_INPUT = 0.5
const LEAVE_OF_INPUT = 0.6
/** In narrower layers units are needed for bends more than for directions, and nothing is gained. */
const NARROWEST = 48
/** Room beyond k: the directions below δ, and those that come and go. */
const UNITS_PER_DIRECTION = 2

/** Hidden layers that are wide for what they use. */
export function findIdleLayers(timeline: Timeline): readonly Insight[] {
  return timeline.hidden.flatMap((layer) => findIdle(timeline, layer))
}

function findIdle(timeline: Timeline, layer: LayerTimeline): readonly Insight[] {
  const { width, inputWidth, name, output, directions, saturation } = layer
  if (width < NARROWEST || width !== layer.units) return []
  const since = holdsSince(timeline, (column) => {
    if (!hasLearned(timeline, column)) return 'fails'
    return all(
      below(saturation[column]!, ENTER, LEAVE),
      below(directions[column]! / inputWidth, ENTER_OF_INPUT, LEAVE_OF_INPUT),
    )
  })
  if (since === undefined) return []
  const { steps, evidence, goal } = timeline
  const used = Math.round(recentMean(directions, WINDOW_COLUMNS))
  const units = roundWidthUp(Math.max(UNITS_PER_DIRECTION * used, narrowestWidth(goal)))
  const series = { kind: 'saturation', output } as const
  return [
    {
      rule: 'idle',
      outputs: [output],
      sentence: `${capitalise(name)} uses ${used} of ${width} directions: try a width of ${units}.`,
      condition: `The layer uses less than a tenth of its directions, and less than half of the ${inputWidth} it could get, ${forAWindow}.`,
      evidence: [
        { kind: 'level', series, value: ENTER, label: 'a tenth of the directions' },
        { kind: 'span', series, from: steps[since]!, to: steps.at(-1)!, label: `${name} below a tenth` },
        { kind: 'level', series: { kind: 'directions', output }, value: units, label: `${units} units` },
      ],
      confidence: confidenceInDirections(timeline, [layer], {
        level: 'medium',
        reason: 'Units also bend what they get, and a layer may need more of them for that than it shows directions.',
      }),
      source:
        'Shenk et al. 2019, “Spectral Analysis of Latent Representations” (saturation); Richter et al. 2021, “Exploring the Properties and Evolution of Neural Network Eigenspaces during Training” (saturation and capacity)',
      change: withWidth(evidence.spec, layer, units, evidence),
    },
  ]
}
