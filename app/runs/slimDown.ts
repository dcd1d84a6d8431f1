import type { DataShape } from '../experiment/dataShape'
import type { ExperimentSpec } from '../experiment/spec'
import {
  isSameNetwork,
  nextMove,
  settleMove,
  startSearch,
  type SlimSearch,
  type UsedDirections,
} from './slimDown/search'

/** What one seed of a trial came to. */
export interface SlimOutcome {
  /** Over held-out samples at the last column; NaN where the data have no classes. */
  readonly heldOutAccuracy: number
  readonly heldOutLoss: number
  /** k as published (not Delve's count) at the last column, by name of the layer; only what was measured. */
  readonly directions: UsedDirections
}

/** A network that was trained, once per seed. */
export interface SlimTrial {
  readonly spec: ExperimentSpec
  /** Weights and biases. */
  readonly parameters: number
  readonly outcomes: readonly SlimOutcome[]
}

/** A trial on the path from the network one has to the one that is left. */
export interface SlimPoint {
  readonly spec: ExperimentSpec
  readonly parameters: number
  /** Mean held-out accuracy over the seeds, or loss where there are no classes; NaN where a seed failed. */
  readonly score: number
  /** Whether the score is an accuracy, not a loss. */
  readonly isAccuracy: boolean
  /** Highest minus lowest over the seeds. */
  readonly spread: number
  readonly accepted: boolean
  /** What was cut, as “without hidden 3 and hidden 4”. */
  readonly cut: string
}

export type SlimPlan =
  | {
      readonly kind: 'try'
      readonly spec: ExperimentSpec
      readonly cut: string
      readonly path: readonly SlimPoint[]
    }
  | {
      readonly kind: 'done'
      /** The smallest network that held the tolerance. */
      readonly spec: ExperimentSpec
      readonly reason: SlimEnd
      readonly path: readonly SlimPoint[]
    }

/** Why it ended: nothing is left to cut, the trials are used up, or the network as it is cannot be judged. */
type SlimEnd = 'nothingLeft' | 'trialsUsed' | 'noScore'

export interface SlimRequest {
  readonly spec: ExperimentSpec
  /** What the trials are trained on. */
  readonly data: DataShape
  /** In the order in which they were asked for; the first is the spec itself. */
  readonly trials: readonly SlimTrial[]
  /** How much held-out accuracy may fall; as a share of the loss where there are no classes. */
  readonly tolerance?: number
}

const TOLERANCE = 0.005
/** A night of training is too long to wait for; twenty trials of a minute and three seeds are an hour. */
export const MOST_TRIALS = 20

/**
 * Plans *Slim down*: cuts tails and shrinks layers towards what they use for as long as the mean held-out accuracy
 * stays within the tolerance of the first network's, halving a cut that went too deep. Pure: every call works out the
 * whole path again from the trials, so the same trials give the same plan. Every network asked for is smaller than the
 * one accepted before it, and there are never more than `MOST_TRIALS`.
 * @throws Error where a trial is not of the network that was asked for.
 */
export function planSlimDown({ spec, data, trials, tolerance = TOLERANCE }: SlimRequest): SlimPlan {
  const [first, ...rest] = trials
  if (!first) return { kind: 'try', spec, cut: AS_IT_IS, path: [] }
  const reference = scoreOf(first)
  const path: SlimPoint[] = [{ ...pointOf(first, true), cut: AS_IT_IS }]
  if (Number.isNaN(reference.score)) return { kind: 'done', spec, reason: 'noScore', path }
  let search = startSearch(spec, data, directionsOf(first))
  for (const trial of rest) {
    const move = nextMove(search)
    if (!move || !isSameNetwork(move.spec, trial.spec)) throw new Error('a trial is not of the network asked for')
    const accepted = isWithin(scoreOf(trial), reference, tolerance)
    path.push({ ...pointOf(trial, accepted), cut: move.cut })
    search = settleMove(move, accepted ? directionsOf(trial) : undefined)
  }
  return planNext(search, path)
}

const AS_IT_IS = 'as it is'

function planNext(search: SlimSearch, path: readonly SlimPoint[]): SlimPlan {
  const move = nextMove(search)
  if (!move) return { kind: 'done', spec: search.spec, reason: 'nothingLeft', path }
  if (path.length >= MOST_TRIALS) return { kind: 'done', spec: search.spec, reason: 'trialsUsed', path }
  return { kind: 'try', spec: move.spec, cut: move.cut, path }
}

interface Score {
  readonly kind: 'accuracy' | 'loss'
  readonly score: number
  readonly spread: number
}

function scoreOf({ outcomes }: SlimTrial): Score {
  const isClassification = outcomes.some(({ heldOutAccuracy }) => !Number.isNaN(heldOutAccuracy))
  const values = outcomes.map(({ heldOutAccuracy, heldOutLoss }) => (isClassification ? heldOutAccuracy : heldOutLoss))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    kind: isClassification ? 'accuracy' : 'loss',
    // A seed that diverged has no accuracy worth a mean.
    score:
      Number.isFinite(mean) && outcomes.every(({ heldOutLoss }) => Number.isFinite(heldOutLoss)) ? mean : Number.NaN,
    spread: Math.max(...values) - Math.min(...values),
  }
}

function isWithin({ score }: Score, reference: Score, tolerance: number): boolean {
  return reference.kind === 'accuracy'
    ? score >= reference.score - tolerance
    : score <= reference.score * (1 + tolerance)
}

function pointOf(trial: SlimTrial, accepted: boolean): Omit<SlimPoint, 'cut'> {
  const { kind, score, spread } = scoreOf(trial)
  const isAccuracy = kind === 'accuracy'
  return { spec: trial.spec, parameters: trial.parameters, score, isAccuracy, spread, accepted }
}

/** The most any seed used of each layer: a cut has to fit them all. */
function directionsOf({ outcomes: [first, ...others] }: SlimTrial): UsedDirections {
  return new Map(
    [...(first?.directions ?? [])].flatMap(([name, k]) => {
      const used = [k, ...others.map(({ directions }) => directions.get(name) ?? Number.NaN)]
      return used.every((count) => Number.isFinite(count)) ? [[name, Math.max(...used)] as const] : []
    }),
  )
}
