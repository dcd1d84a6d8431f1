import type { Pace } from './pacer'
import type { EngineClock } from './session'

/** Columns are never closer than this: the eye and the page gain nothing from more. */
const MIN_MILLIS_BETWEEN_COLUMNS = 100
/** A run that catches up passes in a second what took the others a minute, and is to be seen as finely. */
const MIN_MILLIS_WHILE_BEHIND = 20
/** At full pace measuring may take this share of the training time. */
const TRAINING_SHARE = 0.1
/** At a watching pace the picture is the purpose: measuring may take this share of all the time. */
const WATCHING_SHARE = 0.3
/** Credit at the start of a run, so that the first columns come at once. */
const FIRST_CREDIT_MILLIS = 400

/** What is asked for, and what it would be charged to. */
export interface ColumnRequest {
  /** Milliseconds, any fixed origin. */
  readonly now: number
  readonly pace: Pace
  /** Of all runs together. */
  readonly clock: EngineClock
  /** One for each run that would be measured. */
  readonly columns: number
  /** Whether it is for runs that take up the steps at which others ahead of them were measured. */
  readonly isBehind: boolean
}

/**
 * Decides when the next column of the heatmap is due: every `interval` steps, or as often as the budget allows. Runs in
 * lock-step share one budget and have their columns at the same steps.
 */
export class Cadence {
  readonly #interval: number | undefined
  #playedMillis = 0
  #lastColumnAt = -Infinity
  #lastCost = 0
  #requestedMillis = 0

  constructor(cadence: 'auto' | number) {
    this.#interval = cadence === 'auto' ? undefined : cadence
  }

  /** Whether time decides when a column is due, so that which step it belongs to can be chosen. */
  get isAutomatic(): boolean {
    return this.#interval === undefined
  }

  /** Steps from `step` to the next one that must have a column; Infinity where only time decides. */
  stepsUntilDue(step: number): number {
    return this.#interval === undefined ? Infinity : this.#interval - (step % this.#interval)
  }

  /** Whether a column may be paid for now; with a fixed interval only the step counts. */
  isDue(step: number, { now, pace, clock, columns, isBehind }: ColumnRequest): boolean {
    if (this.#interval !== undefined) return step % this.#interval === 0
    const rest = isBehind ? MIN_MILLIS_WHILE_BEHIND : MIN_MILLIS_BETWEEN_COLUMNS
    if (now - this.#lastColumnAt < rest) return false
    const share = pace === 'watch' ? WATCHING_SHARE * this.#playedMillis : TRAINING_SHARE * clock.trainingMillis
    const spent = clock.measuringMillis - this.#requestedMillis
    return spent + this.#lastCost * columns <= FIRST_CREDIT_MILLIS + share
  }

  /** Notes that columns begin. */
  begin(now: number): void {
    this.#lastColumnAt = now
  }

  /**
   * A column cost this many milliseconds of the engine's time.
   * @param requested it came with the start, a pause or an end, not with the cadence: the budget does not pay for it.
   */
  finish(costMillis: number, requested: boolean): void {
    this.#lastCost = costMillis
    if (requested) this.#requestedMillis += costMillis
  }

  /** Time passed while playing. */
  passTime(millis: number): void {
    this.#playedMillis += millis
  }
}
