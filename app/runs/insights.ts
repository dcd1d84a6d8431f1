import type { RunEvidence } from './insights/evidence'
import type { Insight, RuleName } from './insights/insight'
import { WINDOW_COLUMNS } from './insights/latch'
import { findCollapse } from './insights/rules/collapsing'
import { findDeadLayer, findDeadUnits } from './insights/rules/dead'
import { findTooFewSamples } from './insights/rules/fewSamples'
import { findFullLayer } from './insights/rules/full'
import { findIdleLayers } from './insights/rules/idle'
import { findLearningRateTooHigh } from './insights/rules/learningRateTooHigh'
import { findLearningRateTooLow } from './insights/rules/learningRateTooLow'
import { findMemorising } from './insights/rules/memorising'
import { findTailLayers } from './insights/rules/tail'
import { createTimeline, recentMean, type Timeline } from './insights/timeline'

type Rule = (timeline: Timeline) => readonly Insight[]

/**
 * Causes that spoil the whole run, the gravest first: once one is found, whatever else a layer shows is its effect and
 * not worth a test of its own.
 */
const CAUSES: readonly Rule[] = [findLearningRateTooHigh, findCollapse, findDeadLayer, findLearningRateTooLow]

/** What can be said of a run that learns, in the order of what matters. */
const FINDINGS: readonly Rule[] = [findMemorising, findFullLayer, findDeadUnits, findTailLayers, findIdleLayers]

/** Rules whose layers explain what another rule says of the same layers, or of all that come after. */
const EXPLAINED_BY: Partial<Record<RuleName, readonly RuleName[]>> = {
  deadUnits: ['tail'],
  idle: ['tail', 'deadUnits'],
}

/**
 * What can be read from a run so far, the weightiest first and one insight per cause; empty for a healthy run. Pure:
 * the same evidence gives the same insights. They do not flicker from column to column (`latch`).
 */
export function findInsights(evidence: RunEvidence): readonly Insight[] {
  const timeline = createTimeline(evidence)
  const samples = findTooFewSamples(timeline)
  for (const rule of CAUSES) {
    const found = rule(timeline)
    if (found.length > 0) return [...found, ...samples]
  }
  const found = FINDINGS.flatMap((rule) => rule(timeline))
  const bottleneck = findBottleneck(timeline, found)
  return [...found.filter((insight) => !isExplained(insight, found, bottleneck)), ...samples]
}

/** A layer behind a bottleneck that shows this many times its directions gets them from more than one place. */
const SPREAD = 2

/**
 * The output of a full layer that holds back all behind it. A convolution may show many more directions than the full
 * one before it, whose results it reads at several places: then that is not why others are dark.
 */
function findBottleneck({ hidden }: Timeline, found: readonly Insight[]): number | undefined {
  const full = found.find(({ rule }) => rule === 'full')?.outputs[0]
  const layer = hidden.find(({ output }) => output === full)
  if (!layer) return undefined
  const most = SPREAD * recentMean(layer.directions, WINDOW_COLUMNS)
  const behind = hidden.filter(({ output }) => output > layer.output)
  return behind.some(({ directions }) => recentMean(directions, WINDOW_COLUMNS) > most) ? undefined : full
}

/** Whether another insight has the same cause and says it better. */
function isExplained(insight: Insight, found: readonly Insight[], bottleneck: number | undefined): boolean {
  const first = insight.outputs[0] ?? 0
  // Few directions pass a bottleneck, so the layers behind it cannot show more.
  if (bottleneck !== undefined && (insight.rule === 'tail' || insight.rule === 'idle') && first > bottleneck)
    return true
  const explaining = EXPLAINED_BY[insight.rule] ?? []
  return found.some(
    ({ rule, outputs }) => explaining.includes(rule) && insight.outputs.every((output) => outputs.includes(output)),
  )
}
