import { goalOf, type Goal } from '../../experiment/goal'
import { chanceLoss } from './chanceLoss'
import { columnFigures } from './columnFigures'
import type { RunEvidence } from './evidence'
import { latch, type Verdict } from './latch'
import { layerInputs, unitsOf, type LayerInput } from './layerInputs'
import { LossWindows } from './lossWindows'

/** A measured layer along the columns; every array has one value per column, NaN where there is none. */
export interface LayerTimeline extends LayerInput {
  /** Position in the run's outputs. */
  readonly output: number
  readonly name: string
  /** d */
  readonly width: number
  /** Units or channels: d, but for feature maps that are taken whole, whose k is no number of channels. */
  readonly units: number
  readonly hidden: boolean
  /** k of the paper's convention. */
  readonly directions: Float64Array
  readonly saturation: Float64Array
  /** Σλ */
  readonly variance: Float64Array
  readonly effectiveRank: Float64Array
  /** Share of `units` whose f(z) is the same for every sample. */
  readonly deadShare: Float64Array
}

/** What the rules read of a run: its measurements lined up by column. */
export interface Timeline {
  readonly evidence: RunEvidence
  /** What the network is asked for. */
  readonly goal: Goal
  readonly steps: Float64Array
  readonly layers: readonly LayerTimeline[]
  readonly hidden: readonly LayerTimeline[]
  /** Means of the training loss and accuracy over the window that ends at each column. */
  readonly loss: Float64Array
  readonly accuracy: Float64Array
  /** Highest loss of any step up to each column. */
  readonly highestLoss: Float64Array
  /** Column with the lowest windowed loss up to each column; −1 before there is one. */
  readonly bestColumn: Int32Array
  /** Loss of the untrained network. */
  readonly startLoss: number
  /** Loss of guessing; Infinity where it cannot be told. */
  readonly chance: number
  /** First column under the learning rate of now: what was before it has another cause. */
  readonly origin: number
  /** Steps a condition has to hold before it counts. */
  readonly windowSteps: number
  /** First column after the noisy beginning. */
  readonly settled: number
}

/** A window is a twentieth of the planned steps, but neither a moment nor an age. */
const WINDOW_SHARE = 0.05
const SHORTEST_WINDOW_STEPS = 20
const LONGEST_WINDOW_STEPS = 500
/** Share of the untrained network's loss that is left once something was learned. */
const LEARNED_LOSS = 0.8

export function createTimeline(evidence: RunEvidence): Timeline {
  const { columns, plannedSteps, training, changes } = evidence
  const windowSteps = Math.min(
    Math.max(Math.round(WINDOW_SHARE * plannedSteps), SHORTEST_WINDOW_STEPS),
    LONGEST_WINDOW_STEPS,
  )
  const steps = Float64Array.from(columns, ({ step }) => step)
  const originStep = changes.findLast(({ path }) => path === 'learningRate')?.step ?? 0
  const origin = firstFrom(steps, originStep)
  const windows = new LossWindows(training, originStep, windowSteps)
  const loss = steps.map((step) => windows.lossAt(step))
  const startLoss = windows.startLoss(columns[origin])
  const layers = describeLayers(evidence)
  return {
    evidence,
    goal: goalOf(evidence.spec.loss, evidence),
    steps,
    layers,
    hidden: layers.filter(({ hidden }) => hidden),
    loss,
    accuracy: steps.map((step) => windows.accuracyAt(step)),
    highestLoss: windows.highestAt(steps),
    bestColumn: lowestSoFar(loss, origin),
    startLoss,
    chance: chanceLoss(evidence),
    origin,
    windowSteps,
    settled: firstFrom(steps, originStep + windowSteps),
  }
}

/** `latch` over the settled columns, or from a later step on. */
export function holdsSince(
  timeline: Timeline,
  verdictAt: (column: number) => Verdict,
  fromStep = 0,
): number | undefined {
  const { steps, settled, windowSteps } = timeline
  return latch(steps, Math.max(settled, firstFrom(steps, fromStep)), windowSteps, verdictAt)
}

/** The loss that any learning has to beat. */
export function guessing({ startLoss, chance }: Timeline): number {
  return Math.min(startLoss, chance)
}

/** Before it has learned anything, a network shows its random start and not what it needs. */
export function hasLearned({ loss, startLoss }: Timeline, column: number): boolean {
  return loss[column]! <= LEARNED_LOSS * startLoss
}

/** How often a layer's variance is what it was at the first column under the present learning rate. */
export function varianceGrowth({ variance }: LayerTimeline, { origin }: Timeline, column: number): number {
  return variance[column]! / variance[origin]!
}

/** Mean over the last columns that make a window, of those that were measured. */
export function recentMean(values: Float64Array, columns: number): number {
  const recent = values.subarray(-columns).filter((value) => !Number.isNaN(value))
  return recent.reduce((sum, value) => sum + value, 0) / recent.length
}

/** The first column at or after a step; the number of columns where there is none. */
function firstFrom(steps: Float64Array, step: number): number {
  const found = steps.findIndex((candidate) => candidate >= step)
  return found < 0 ? steps.length : found
}

function lowestSoFar(loss: Float64Array, from: number): Int32Array {
  let lowest = -1
  return Int32Array.from(loss, (value, column) => {
    if (column >= from && !Number.isNaN(value) && (lowest < 0 || value < loss[lowest]!)) lowest = column
    return lowest
  })
}

function describeLayers({ spec, shape, outputs, columns }: RunEvidence): readonly LayerTimeline[] {
  const inputs = layerInputs(spec.layers, shape)
  const figures = columns.map((column) => columnFigures(column, spec.monitor.threshold))
  const deadUnits = columns.map((column) => column.deadUnits ?? [])
  return outputs.flatMap(({ name, width }, output): LayerTimeline[] => {
    const input = inputs.get(name)
    if (!input) return []
    const units = unitsOf(width, input, spec.monitor.sampling)
    const directions = alongColumns(figures, (column) => column.directions[output])
    return [
      {
        ...input,
        output,
        name,
        width,
        units,
        hidden: input.place !== spec.layers.length - 1,
        directions,
        saturation: directions.map((k) => k / width),
        variance: alongColumns(figures, (column) => column.variance[output]),
        effectiveRank: alongColumns(figures, (column) => column.effectiveRank[output]),
        deadShare: alongColumns(deadUnits, (counts) => counts[output]).map((count) => count / units),
      },
    ]
  })
}

/** A value of every column, NaN where there is none. By index: `Float64Array.from` takes ten times as long. */
function alongColumns<Column>(
  columns: readonly Column[],
  valueOf: (column: Column) => number | undefined,
): Float64Array {
  const values = new Float64Array(columns.length)
  for (let index = 0; index < columns.length; index++) values[index] = valueOf(columns[index]!) ?? Number.NaN
  return values
}
