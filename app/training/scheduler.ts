import { ColumnPlan } from './columnPlan'
import { isDeviceLost } from './engine'
import { Lane, type SessionNews } from './lane'
import { Pacer, STEPS_AT_ONCE, type Pace } from './pacer'
import type { NonFinite, TrainingSession } from './session'

export type StopReason =
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'non-finite'; readonly fault: NonFinite }
  | { readonly kind: 'device-lost'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }

export interface SchedulerEvents {
  /** At most ten times a second while something happens. */
  onNews(news: ReadonlyMap<TrainingSession, SessionNews>): void
  /** A session rests: alone where it met NaN or infinity and the others go on, else with all of them. */
  onStop(session: TrainingSession, reason: StopReason): void
}

export interface SchedulerOptions {
  readonly plannedSteps: number
  readonly pace: Pace
  readonly cadence: 'auto' | number
  /** Whether sessions keep the weights of measured steps (see `TrainingSession.snapshot`); by default not. */
  readonly keepsWeights?: boolean
}

const NEWS_INTERVAL_MILLIS = 100

/**
 * Races sessions in lock-step: how many steps now, when a column is due, when to stop. Always those that are furthest
 * behind move: one that joins later catches up at full pace while the others wait, measured where they were, and from
 * then on all are at the same step. The sessions only queue work; nothing here waits for a result unless a fixed cadence
 * asks for columns faster than they come back.
 */
export class Scheduler {
  readonly #lanes: Lane[] = []
  readonly #events: SchedulerEvents
  readonly #pacer: Pacer
  readonly #plan: ColumnPlan
  readonly #stretch: number
  readonly #keepsWeights: boolean
  #loop: Promise<void> | undefined
  #stepping: Promise<void> | undefined
  #remeasuring: Promise<void> | undefined
  /** What was asked for last, also while an earlier pause or step is still under way. */
  #wants: 'rest' | 'play' | 'catch up' = 'rest'
  #stopping: StopReason | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  #destroyed = false

  constructor(options: SchedulerOptions, events: SchedulerEvents) {
    this.#events = events
    this.#pacer = new Pacer(options.pace)
    this.#plan = new ColumnPlan(options, this.#pacer)
    this.#stretch = options.plannedSteps
    this.#keepsWeights = options.keepsWeights ?? false
  }

  get playing(): boolean {
    return this.#loop !== undefined && this.#stopping === undefined
  }

  get plannedSteps(): number {
    return this.#plan.plannedSteps
  }

  /** Updates queued in the session that is furthest ahead. */
  get step(): number {
    return Math.max(0, ...this.#lanes.map(({ step }) => step))
  }

  /** A session joins; it belongs to the scheduler from now on. Where the others rest it first catches up with them. */
  add(session: TrainingSession): void {
    this.#lanes.push(new Lane(session, this.#keepsWeights))
    if (this.#wants !== 'play' && session.step < this.step) this.#play('catch up')
  }

  /** A session leaves and is freed; the others go on as if it had never been there. */
  remove(session: TrainingSession): void {
    const index = this.#lanes.findIndex((lane) => lane.session === session)
    const [lane] = index < 0 ? [] : this.#lanes.splice(index, 1)
    if (!lane) return
    this.#plan.forget(lane)
    lane.leave()
  }

  play(): void {
    this.#play('play')
  }

  /** Resolves when everything queued is done and reported. */
  async pause(): Promise<void> {
    this.#wants = 'rest'
    this.#stopping ??= { kind: 'paused' }
    await this.#loop
  }

  /** One update and one column, then rest; while one is under way, no other begins. Nothing where training broke off. */
  singleStep(): Promise<void> {
    this.#stepping ??= this.#stepOnce().finally(() => (this.#stepping = undefined))
    return this.#stepping
  }

  async #stepOnce(): Promise<void> {
    await this.pause()
    await this.#remeasuring
    const lanes = this.#lanesToMove(Infinity)
    if (this.#destroyed || lanes.length === 0) return
    await this.#guard(async () => {
      const step = lanes[0]!.step
      if (step >= this.#plan.plannedSteps) this.#plan.plannedSteps = step + 1
      await Promise.all(lanes.map((lane) => lane.advance(1)))
      this.#plan.measureNow(lanes)
      await this.#plan.measureIfDue(lanes, this.#lanes)
      await this.#settle()
    })
    this.#rest({ kind: 'paused' })
  }

  /**
   * A session is measured in another way from now on. The loop sees to a column of its own accord; at rest the present
   * weights get another one.
   */
  async remeasure(): Promise<void> {
    if (this.playing) return
    await this.#loop
    await this.#stepping
    if (this.#destroyed || this.#loop) return
    this.#remeasuring = this.#measureAtRest()
    await this.#remeasuring
  }

  async #measureAtRest(): Promise<void> {
    this.#stopping = undefined
    await this.#guard(async () => {
      this.#plan.measureLast(this.#lanes)
      await this.#settle()
    })
    if (this.#stopping) this.#rest(this.#stopping)
  }

  setPace(pace: Pace): void {
    this.#pacer.pace = pace
    this.#pacer.restart()
  }

  /** Plans this many steps in all and plays on. */
  extend(plannedSteps: number): void {
    this.#plan.plannedSteps = Math.max(plannedSteps, this.step)
    this.play()
  }

  /** Stops without reporting, and frees the sessions. */
  async destroy(): Promise<void> {
    const pausing = this.pause()
    this.#destroyed = true
    clearInterval(this.#timer)
    for (const lane of this.#lanes) lane.leave()
    await pausing
  }

  #play(wants: 'play' | 'catch up'): void {
    if (this.#destroyed || (this.playing && this.#wants === 'play')) return
    this.#wants = wants
    if (!this.playing) void this.#playOnceAtRest()
  }

  /** Plays as soon as what went before has come to an end, unless a pause came meanwhile. */
  async #playOnceAtRest(): Promise<void> {
    await this.#loop
    await this.#stepping
    await this.#remeasuring
    if (this.#destroyed || this.#loop) return
    if (this.#wants === 'rest') return this.#rest({ kind: 'paused' })
    this.#stopping = undefined
    this.#pacer.restart()
    this.#timer = setInterval(() => this.#report(), NEWS_INTERVAL_MILLIS)
    this.#loop = this.#run()
    await this.#loop
    clearInterval(this.#timer)
    this.#loop = undefined
    this.#rest({ kind: 'finished' })
  }

  async #run(): Promise<void> {
    await this.#guard(async () => {
      let before = performance.now()
      let moved: readonly Lane[] = [...this.#lanes]
      const brokenOff = new Set(this.#lanes.filter((lane) => !lane.isRacing))
      while (!this.#stopping) {
        const now = performance.now()
        this.#plan.passTime(now - before)
        before = now
        this.#reportFaults(brokenOff)
        this.#plan.measureFirst(this.#lanes)
        await this.#plan.measureIfDue(moved, this.#lanes)
        const lanes = this.#lanesToMove(this.#goal)
        if (lanes.length === 0) break
        const steps = this.#stepsDue(lanes, now)
        if (steps > 0) await Promise.all(lanes.map((lane) => lane.advance(steps)))
        else await sleep(this.#pacer.restMillis(this.#stretch))
        // With those that were waiting at the step they came to.
        moved = this.#lanes.filter(({ step }) => step === lanes[0]!.step)
      }
      this.#stopping ??= { kind: 'finished' }
      this.#wants = 'rest'
      // The last weights always get their column; those of a run that broke off may be too large to measure. A window
      // that ends with them is open by now, and one that a pause began would stand in the way of the next one due.
      this.#plan.measureLast(this.#lanes)
      await this.#settle()
    })
  }

  /** Where the loop ends. */
  get #goal(): number {
    return this.#wants === 'catch up' ? Math.min(this.step, this.#plan.plannedSteps) : this.#plan.plannedSteps
  }

  /** Of the lanes that have not reached `goal` those furthest behind. */
  #lanesToMove(goal: number): readonly Lane[] {
    const short = this.#lanes.filter((lane) => lane.isRacing && lane.step < goal)
    const lowest = Math.min(...short.map(({ step }) => step))
    return short.filter(({ step }) => step === lowest)
  }

  /** Steps that these lanes, all at the same step, are to make now; 0 where it is too early for the next. */
  #stepsDue(lanes: readonly Lane[], now: number): number {
    const { step } = lanes[0]!
    const ahead = this.#lanes.filter((lane) => lane.isRacing && lane.step > step).map((lane) => lane.step)
    const isBehind = ahead.length > 0
    const due = isBehind ? STEPS_AT_ONCE : this.#pacer.stepsDue(now, this.#stretch)
    return Math.min(due, Math.min(this.#goal, ...ahead) - step, this.#plan.stepsToNext(lanes, this.#lanes))
  }

  /** Runs `work`; what it throws becomes the reason to stop. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (this.#destroyed) return
      const message = error instanceof Error ? error.message : String(error)
      this.#stopping = { kind: isDeviceLost(error) ? 'device-lost' : 'failed', message }
    }
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.settle()))
    this.#report()
  }

  #report(): void {
    if (this.#destroyed) return
    this.#events.onNews(new Map(this.#lanes.map((lane) => [lane.session, lane.takeNews()])))
  }

  /** Tells of sessions that broke off while the others go on. */
  #reportFaults(told: Set<Lane>): void {
    for (const lane of this.#lanes) {
      const { nonFinite } = lane.session
      if (!nonFinite || told.has(lane) || this.#lanes.every(({ isRacing }) => !isRacing)) continue
      told.add(lane)
      this.#report()
      this.#events.onStop(lane.session, { kind: 'non-finite', fault: nonFinite })
    }
  }

  /** Tells why every session rests. */
  #rest(otherwise: StopReason): void {
    if (this.#destroyed) return
    const reason = this.#stopping ?? otherwise
    // A pause that came after the last step found the run finished, and one that caught up rests before its end.
    const isAtEnd = this.step >= this.#plan.plannedSteps
    const calm = reason.kind === 'paused' || reason.kind === 'finished'
    const shared: StopReason = calm ? { kind: isAtEnd ? 'finished' : 'paused' } : reason
    for (const { session } of this.#lanes) {
      const { nonFinite } = session
      this.#events.onStop(session, nonFinite ? { kind: 'non-finite', fault: nonFinite } : shared)
    }
  }
}

function sleep(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis))
}
