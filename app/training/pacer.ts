/** The planned steps of a run are spread over about this long so that a person can watch them. */
const WATCH_MILLIS = 60_000
/** Steps queued at once at full pace; the queue's own back-pressure decides how many are under way. */
export const STEPS_AT_ONCE = 32
/** A pause of the clock (a debugger, a sleeping laptop) is not made up for by a burst of steps. */
const LONGEST_CATCH_UP_MILLIS = 250
/** A run of few steps rests long between them, and must still answer to a pause or a change of pace. */
const LONGEST_REST_MILLIS = 100

/** How `watch` spreads the planned steps over about a minute, or `max` takes all it can get. Never changes results. */
export type Pace = 'watch' | 'max'

/** Says how many steps may be queued now. */
export class Pacer {
  pace: Pace
  #credit = 0
  #creditedAt: number | undefined

  constructor(pace: Pace) {
    this.pace = pace
  }

  /** Forgets the time before now: after a pause. */
  restart(): void {
    this.#creditedAt = undefined
    this.#credit = 0
  }

  /** @param plannedSteps of one stretch: the steps a minute of watching covers. */
  stepsDue(now: number, plannedSteps: number): number {
    if (this.pace === 'max') return STEPS_AT_ONCE
    const elapsed = Math.min(LONGEST_CATCH_UP_MILLIS, now - (this.#creditedAt ?? now - 1))
    this.#creditedAt = now
    const stepsPerMilli = plannedSteps / WATCH_MILLIS
    const whole = Math.min(STEPS_AT_ONCE, Math.floor(this.#credit + elapsed * stepsPerMilli))
    // What an engine that cannot keep up owes is forgotten, too, but never less than the next step.
    const mostOwed = Math.max(1, LONGEST_CATCH_UP_MILLIS * stepsPerMilli)
    this.#credit = Math.min(mostOwed, this.#credit + elapsed * stepsPerMilli - whole)
    return whole
  }

  /** Milliseconds to rest before the next call of `stepsDue`: until a step is due, but never long. */
  restMillis(plannedSteps: number): number {
    return Math.min(LONGEST_REST_MILLIS, Math.max(1, ((1 - this.#credit) * WATCH_MILLIS) / plannedSteps))
  }
}
