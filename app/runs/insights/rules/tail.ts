import { borderLayers } from '../../../experiment/receptiveField'
import { confidenceInDirections } from '../confidence'
import { withoutLayers } from '../changes'
import type { Evidence, Insight } from '../insight'
import { below, WINDOW_COLUMNS, forAWindow } from '../latch'
import { hasLearned, holdsSince, recentMean, type LayerTimeline, type Timeline } from '../timeline'
import { capitalise, formatShare, listNames } from '../wording'

/** Half of the peak, as metrics/tail.ts has it for the mark in the heatmap; and what ends a tail that was seen. */
const ENTER = 0.5
const LEAVE = 0.6
/** Below a quarter of the peak no noise of a run makes the difference. */
const CLEAR = 0.25
const SHORTEST_TAIL = 2
const SOURCE = 'Richter et al. 2020, “Feature Space Saturation during Training” (tails of unproductive layers)'
const BORDER_SOURCE = 'Richter et al. 2021, “Should You Go Deeper?” (the border layer)'

/**
 * The last hidden layers, two or more, that each stay below half of the network's peak saturation; and whether they are
 * those that cannot see anything new.
 */
export function findTailLayers(timeline: Timeline): readonly Insight[] {
  const { hidden, evidence, steps, goal } = timeline
  // Behind the narrow layer of an autoencoder no layer can hold more directions than it lets through.
  if (goal.kind === 'reconstruction') return []
  const peaks = steps.map((_, column) => Math.max(0, ...hidden.map(({ saturation }) => saturation[column] || 0)))
  const since = hidden.map((layer) =>
    holdsSince(timeline, (column) => {
      if (!hasLearned(timeline, column)) return 'fails'
      return below(layer.saturation[column]! / peaks[column]!, ENTER, LEAVE)
    }),
  )
  const first = since.lastIndexOf(undefined) + 1
  const tail = hidden.slice(first)
  // A peak that is not measured before the tail is none to compare with.
  if (tail.length < SHORTEST_TAIL || first === 0) return []
  const from = Math.max(...since.slice(first).map((column) => column ?? 0))
  const peakLayer = highestOf(hidden)
  const peak = recentMean(peakLayer.saturation, WINDOW_COLUMNS)
  const shares = tail.map(({ saturation }) => recentMean(saturation, WINDOW_COLUMNS))
  const names = tail.map(({ name }) => name)
  const figures = listNames(shares.map((share) => formatShare(share)))
  const change = withoutLayers(evidence.spec, names, evidence)
  const advice = change ? `try ${change.label}` : 'try fewer or narrower layers'
  // Predicted before training, from the layers alone.
  const isPredicted = borderLayers(evidence.spec.layers, evidence.shape).border === names[0]
  const reach = isPredicted ? ', and their receptive fields exceed the image' : ''
  return [
    {
      rule: 'tail',
      outputs: tail.map(({ output }) => output),
      sentence: `${capitalise(listNames(names))} use ${figures} of their directions, ${peakLayer.name} uses ${formatShare(peak)}${reach}: ${advice}.`,
      condition: `Each of the last ${tail.length} hidden layers stays below half of the network’s peak saturation ${forAWindow}.`,
      evidence: tailEvidence(tail, peakLayer, { peak, from: steps[from]!, to: steps.at(-1)! }),
      confidence: confidenceInDirections(timeline, tail, {
        level: isPredicted || shares.every((share) => share < CLEAR * peak) ? 'high' : 'medium',
        reason: isPredicted
          ? `It begins at ${names[0]}, the border layer, as predicted before training.`
          : `At most ${formatShare(Math.max(...shares) / peak)} of the peak; half of it is where a tail begins.`,
      }),
      source: isPredicted ? `${SOURCE}; ${BORDER_SOURCE}` : SOURCE,
      change,
    },
  ]
}

function highestOf(hidden: readonly LayerTimeline[]): LayerTimeline {
  return hidden.reduce((highest, layer) =>
    recentMean(layer.saturation, WINDOW_COLUMNS) > recentMean(highest.saturation, WINDOW_COLUMNS) ? layer : highest,
  )
}

function tailEvidence(
  tail: readonly LayerTimeline[],
  peakLayer: LayerTimeline,
  { peak, from, to }: { readonly peak: number; readonly from: number; readonly to: number },
): readonly Evidence[] {
  const at = { kind: 'saturation', output: peakLayer.output } as const
  return [
    { kind: 'level', series: at, value: peak, label: `peak: ${peakLayer.name}` },
    ...tail.flatMap(({ output, name }): Evidence[] => {
      const series = { kind: 'saturation', output } as const
      return [
        { kind: 'level', series, value: peak / 2, label: 'half of the peak' },
        { kind: 'span', series, from, to, label: `${name} below half of the peak` },
      ]
    }),
  ]
}
