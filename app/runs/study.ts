import { describeArchitecture } from '../experiment/architecture'
import type { DataShape } from '../experiment/dataShape'
import type { ExperimentSpec } from '../experiment/spec'
import type { FileDataId, Letter, TrialId, TrialOutcome, TrialResult } from '../worker/protocol'

/** Experiments trained in the background to answer a question: each network once per seed. */
export interface Study {
  readonly id: string
  readonly question: StudyQuestion
  readonly groups: readonly TrialGroup[]
  readonly state: 'running' | 'done' | 'cancelled'
  /** Of the data all groups are trained on. */
  readonly data: DataShape
  readonly fileData: FileDataId | undefined
}

export type StudyQuestion =
  /** How much of what is seen is chance? */
  | { readonly kind: 'seeds' }
  /** Is the second group, which has a change, any worse or better than the first? */
  | { readonly kind: 'change'; readonly hypothesis: string }
  /** How small may the network get before its held-out accuracy falls by more than the tolerance? */
  | { readonly kind: 'slimDown'; readonly tolerance: number }

/** One network, trained from several seeds. */
export interface TrialGroup {
  /** “A”, or what was changed: “without hidden 3”. */
  readonly name: string
  /** The run on screen it stands for. */
  readonly letter: Letter | undefined
  /** Its seed is that of the first trial. */
  readonly spec: ExperimentSpec
  readonly trials: readonly Trial[]
}

export interface Trial {
  readonly id: TrialId
  readonly seed: number
  /** Updates done. */
  readonly step: number
  readonly outcome: TrialOutcome | undefined
}

/**
 * What is trained for a network of a study that slims it down: its layers are narrowed by channels, and where feature maps are taken
 * whole k counts no channels.
 */
export function measuredByChannel(spec: ExperimentSpec): ExperimentSpec {
  const { monitor } = spec
  return monitor.sampling === 'flatten' ? { ...spec, monitor: { ...monitor, sampling: 'channelwise' } } : spec
}

/** Mean and spread over seeds. */
export interface Estimate {
  readonly mean: number
  /** Sample standard deviation; NaN for a single value. */
  readonly deviation: number
  readonly count: number
}

/** What a group has come to so far. */
export interface GroupSummary {
  /** Held-out accuracy; undefined without classes or held-out samples. */
  readonly accuracy: Estimate | undefined
  readonly heldOutLoss: Estimate | undefined
  readonly loss: Estimate | undefined
  readonly millisPerStep: Estimate | undefined
  readonly parameters: number
  readonly failures: readonly string[]
}

/** @returns undefined for no values. */
export function estimate(values: readonly number[]): Estimate | undefined {
  if (values.length === 0) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN
  return { mean, deviation, count: values.length }
}

export function summariseGroup({ spec, trials }: TrialGroup, data: DataShape): GroupSummary {
  const results = trials.flatMap(({ outcome }) => (outcome?.ok ? outcome.result : []))
  const of = (read: (result: TrialResult) => number | undefined): Estimate | undefined =>
    estimate(results.map(read).filter((value) => value !== undefined && !Number.isNaN(value)) as number[])
  return {
    accuracy: of(({ heldOut }) => heldOut?.accuracy),
    heldOutLoss: of(({ heldOut }) => heldOut?.loss),
    loss: of(({ loss }) => loss),
    millisPerStep: of(({ millisPerStep }) => millisPerStep),
    parameters: describeArchitecture(spec, data).parameters,
    failures: trials.flatMap(({ outcome }) => (outcome && !outcome.ok ? outcome.message : [])),
  }
}

/**
 * The difference second − first of a quantity, seed by seed: both were trained from the same seed on the same batches,
 * so what the seed does to both cancels out.
 * @returns undefined before any seed has both.
 */
export function pairedDifference(
  [first, second]: readonly [TrialGroup, TrialGroup],
  read: (result: TrialResult) => number | undefined,
): Estimate | undefined {
  const differences = second.trials.flatMap(({ seed, outcome }) => {
    const before = first.trials.find((trial) => trial.seed === seed)?.outcome
    if (!outcome?.ok || !before?.ok) return []
    const difference = (read(outcome.result) ?? Number.NaN) - (read(before.result) ?? Number.NaN)
    return Number.isNaN(difference) ? [] : difference
  })
  return estimate(differences)
}

/** Two-sided 95 % quantiles of Student's t for 1, 2, … 9 degrees of freedom. */
const STUDENT_T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262] as const

/**
 * Half the width of the 95 % confidence interval of a mean, by Student's t; infinite for fewer than two values.
 */
export function confidenceHalfWidth({ deviation, count }: Estimate): number {
  const t = STUDENT_T[Math.min(count - 2, STUDENT_T.length - 1)]
  return t === undefined || count < 2 ? Infinity : (t * deviation) / Math.sqrt(count)
}

/** Share of all updates of the study that are done, 0…1. */
export function studyProgress({ groups }: Study): number {
  let [done, all] = [0, 0]
  for (const { spec, trials } of groups) {
    for (const { step, outcome } of trials) {
      all += spec.training.steps
      done += outcome ? spec.training.steps : step
    }
  }
  return all === 0 ? 0 : done / all
}
