import { describeArchitecture } from '../experiment/architecture'
import { sharesBatches } from '../experiment/race'
import type { ExperimentSpec } from '../experiment/spec'
import { sameShape } from '../experiment/tensorShape'
import { describeSpectrum, type LayerSpectrum, type SpectrumOptions } from '../metrics/layerSpectrum'
import { joinNames } from './joinNames'
import { nameSettings, type SettingValue } from './namedSettings'
import type { Contender, HistoryColumn, LossSeries, RunState } from './state'

/** One line of a comparison; values are by position of the runs. */
export interface ComparedRow<Value> {
  readonly name: string
  readonly values: readonly Value[]
}

// ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The settings in which experiments differ, and no others: `undefined` where an experiment has no such layer. Settings
 * that only one kind has (β₁ of Adam) are no difference of their own: the kind says it. Layers are matched by name,
 * which is their position.
 */
export function differingSettings(specs: readonly ExperimentSpec[]): readonly ComparedRow<SettingValue | undefined>[] {
  const named = specs.map((spec) => nameSettings(spec))
  const longestFirst = named.toSorted((one, other) => other.size - one.size)
  const names = [...new Set(longestFirst.flatMap((settings) => [...settings.keys()]))]
  const rows = names
    .map((name) => ({ name, values: named.map((settings) => settings.get(name)) }))
    .filter(({ name, values }) => isDifference(name, values))
  // Identities differ with every layer added or moved; alone they are what makes the runs differ.
  const draws = rows.filter(({ name }) => name.endsWith(' random draw'))
  return draws.length === rows.length ? rows : rows.filter((row) => !draws.includes(row))
}

function isDifference(name: string, values: readonly (SettingValue | undefined)[]): boolean {
  // Each layer has one of these, so one that only some have is told, and once.
  const isLayer = / (width|channels|window|factor|order|kind)$/.test(name)
  const told = isLayer ? values : values.filter((value) => value !== undefined)
  return new Set(told).size > 1
}

/** What decides which batches a run learns from. */
interface BatchSource {
  readonly spec: ExperimentSpec
  /** What was read; undefined before the run has started. */
  readonly data: RunState['started']['data'] | undefined
}

/** A contender's: as it runs, since a draft that is refused changes no batch, and before that as it is meant to be. */
export function batchSource({ run, draft }: Pick<Contender, 'run' | 'draft'>): BatchSource {
  return { spec: run?.spec ?? draft.spec, data: run?.started.data }
}

/** Whether two runs learn from the same samples in the same order and portions. */
export function runsShareBatches(one: RunState, other: RunState): boolean {
  return shareBatches({ spec: one.spec, data: one.started.data }, { spec: other.spec, data: other.started.data })
}

/** The same of runs of which one may not have started; then the settings decide. */
export function shareBatches(one: BatchSource, other: BatchSource): boolean {
  if (one.spec.seed !== other.spec.seed || !sharesBatches(one.spec, other.spec)) return false
  // Files are no part of the spec: other files show by what was read from them.
  const [read, readThere] = [one.data, other.data]
  if (!read || !readThere) return true
  return (
    read.name === readThere.name &&
    read.trainingCount === readThere.trainingCount &&
    read.heldOutCount === readThere.heldOutCount &&
    sameShape(read.shape, readThere.shape)
  )
}

/** Runs this share of the planned steps apart are not at the same point of their training. */
const abreastShare = 0.03

/** Whether two runs are as far as each other: one that joined late catches up, and one that broke off stays behind. */
export function areAbreast(one: RunState, other: RunState): boolean {
  return Math.abs(one.step - other.step) <= abreastShare * Math.max(one.plannedSteps, other.plannedSteps)
}

/** The newest step at which every one of the runs has a column; undefined without runs, or where there is none. */
export function newestCommonStep(runs: readonly Pick<RunState, 'history'>[]): number | undefined {
  const [first, ...others] = runs.map(({ history }) => history.columns)
  // From the end: runs in lock-step are measured at the same steps, so it is among the last few.
  return first?.findLast(({ step }) => others.every((columns) => hasColumn(columns, step)))?.step
}

function hasColumn(columns: readonly HistoryColumn[], step: number): boolean {
  return columns.findLast((column) => column.step <= step)?.step === step
}

/** What a run's network weighs: parameters, and floating-point operations of the forward pass of one sample. */
export function networkSize({ spec, started }: RunState): { readonly parameters: number; readonly flops: number } {
  const { parameters, flopsPerSample } = describeArchitecture(spec, started.data)
  return { parameters, flops: flopsPerSample }
}

// ── results ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a run had come to at a step; NaN where it had no such number yet. */
export interface RunResults {
  readonly heldOutAccuracy: number
  readonly bestAccuracy: number
  readonly heldOutLoss: number
  readonly bestLoss: number
  /** Mean of the last steps, as single batches scatter. */
  readonly trainingLoss: number
}

/** Steps whose mean stands for the training loss. */
export const TRAINING_LOSS_STEPS = 50

/** @param step the step looked at; the newest of the run without one. */
export function resultsAt(run: RunState, step: number | undefined): RunResults {
  const { columns, training } = run.history
  if (step !== undefined && step > run.step) return noResults
  const upTo = step ?? Infinity
  const results = { ...noResults }
  for (const column of columns) {
    if (column.step > upTo) break
    const { heldOutAccuracy: accuracy, heldOutLoss: loss } = column
    if (accuracy !== undefined && Number.isFinite(accuracy)) {
      results.heldOutAccuracy = accuracy
      if (!(results.bestAccuracy >= accuracy)) results.bestAccuracy = accuracy
    }
    if (loss !== undefined && Number.isFinite(loss)) {
      results.heldOutLoss = loss
      if (!(results.bestLoss <= loss)) results.bestLoss = loss
    }
  }
  return { ...results, trainingLoss: recentMean(training, Math.min(upTo, run.step)) }
}

const noResults: RunResults = {
  heldOutAccuracy: Number.NaN,
  bestAccuracy: Number.NaN,
  heldOutLoss: Number.NaN,
  bestLoss: Number.NaN,
  trainingLoss: Number.NaN,
}

/** Mean of the finite losses in the last steps up to `step`; NaN where there is none. */
function recentMean({ steps, loss, length }: LossSeries, step: number): number {
  let sum = 0
  let count = 0
  for (let index = length - 1; index >= 0; index--) {
    if (steps[index]! > step) continue
    // A point that stands for more steps than are asked for still counts where it is the only one.
    if (count > 0 && steps[index]! <= step - TRAINING_LOSS_STEPS) break
    if (!Number.isFinite(loss[index])) continue
    sum += loss[index]!
    count++
  }
  return count > 0 ? sum / count : Number.NaN
}

// ── saturation ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The layers of all runs, first to last, with the spectrum each run has of them; `undefined` where a run has no such
 * layer or has not measured it. Hidden layers are matched by position and the output with the output, which is by name.
 * @param step the step looked at; the newest column of each run without one.
 */
export function compareLayers(
  runs: readonly RunState[],
  step: number | undefined,
  options: SpectrumOptions,
): readonly ComparedRow<LayerSpectrum | undefined>[] {
  const columns = runs.map((run) => columnAt(run, step))
  return joinNames(runs.map(({ started }) => started.outputs.map(({ name }) => name))).map((name) => ({
    name,
    values: runs.map(({ started: { outputs } }, index) => {
      const position = outputs.findIndex((output) => output.name === name)
      const measured = columns[index]?.spectra[position]
      return measured && describeSpectrum(measured, outputs[position]!.width, options)
    }),
  }))
}

function columnAt({ history: { columns }, step: reached }: RunState, step?: number): HistoryColumn | undefined {
  if (step === undefined) return columns.at(-1)
  return step > reached ? undefined : columns.findLast((column) => column.step <= step)
}
