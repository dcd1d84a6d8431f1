import type { LiveSettings } from '../experiment/spec'
import { Cadence } from './cadence'
import { isDeviceLost } from './engine'
import { Pacer, type Pace } from './pacer'
import type { Measurement, NonFinite, StepRecords, TrainingSession } from './session'

export type StopReason =
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'non-finite'; readonly fault: NonFinite }
  | { readonly kind: 'device-lost'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }

/** What arrived from one session since the last time. */
export interface SessionNews {
  readonly records: readonly StepRecords[]
  readonly columns: readonly Measurement[]
}

export interface SchedulerEvents {
  /** At most ten times a second while something happens; `news` by position in the list of sessions. */
  onNews(news: readonly SessionNews[]): void
  onStop(reason: StopReason): void
}

export interface SchedulerOptions {
  readonly plannedSteps: number
  readonly pace: Pace
  readonly cadence: 'auto' | number
}

const NEWS_INTERVAL_MILLIS = 100
/** Columns under way per session; with a fixed cadence the loop waits for the oldest beyond this. */
const MAX_COLUMNS_UNDER_WAY = 4

/**
 * Drives one to four sessions in lock-step: how many steps now, when a column is due, when to stop. The sessions only
 * queue work; nothing here waits for a result unless a fixed cadence asks for columns faster than they come back.
 */
export class Scheduler {
  readonly #sessions: readonly TrainingSession[]
  readonly #events: SchedulerEvents
  readonly #pacer: Pacer
  readonly #cadence: Cadence
  readonly #stretch: number
  readonly #columns: Measurement[][]
  /** By column: the step it belongs to, which lies ahead while its window is open. */
  readonly #underWay = new Map<Promise<void>, number>()
  /** A column that cannot be had ends the run: what the caller counts on must not go missing unheard. */
  #columnFailure: Error | undefined
  #plannedSteps: number
  #loop: Promise<void> | undefined
  #stepping: Promise<void> | undefined
  /** Of the measuring clock: what the columns that arrived so far are charged with. */
  #chargedMillis = 0
  /** What was asked for last, also while an earlier pause or step is still under way. */
  #wantsToPlay = false
  #stopping: StopReason | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  #destroyed = false

  constructor(sessions: readonly TrainingSession[], options: SchedulerOptions, events: SchedulerEvents) {
    this.#sessions = sessions
    this.#events = events
    this.#pacer = new Pacer(options.pace)
    this.#cadence = new Cadence(options.cadence)
    this.#stretch = options.plannedSteps
    this.#plannedSteps = options.plannedSteps
    this.#columns = sessions.map(() => [])
  }

  get playing(): boolean {
    return this.#loop !== undefined && this.#stopping === undefined
  }

  get plannedSteps(): number {
    return this.#plannedSteps
  }

  get step(): number {
    return this.#sessions[0]!.step
  }

  play(): void {
    if (this.#destroyed || this.playing) return
    this.#wantsToPlay = true
    void this.#playOnceAtRest()
  }

  /** Resolves when everything queued is done and reported. */
  async pause(): Promise<void> {
    this.#wantsToPlay = false
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
    if (this.#destroyed || this.#fault) return
    await this.#guard(async () => {
      if (this.step >= this.#plannedSteps) this.#plannedSteps = this.step + 1
      await this.#advance(1)
      if (this.#sessions[0]!.windowSteps === 0) this.#beginColumns(true)
      else await this.#measureIfDue()
      await this.#settle()
    })
    this.#events.onStop(this.#takeStop({ kind: 'paused' }))
  }

  setPace(pace: Pace): void {
    this.#pacer.pace = pace
    this.#pacer.restart()
  }

  /** Plans this many steps in all and plays on. */
  extend(plannedSteps: number): void {
    this.#plannedSteps = Math.max(plannedSteps, this.step)
    this.play()
  }

  change(settings: LiveSettings): void {
    for (const session of this.#sessions) session.change(settings)
  }

  /** Stops without reporting, and frees the sessions. */
  async destroy(): Promise<void> {
    const pausing = this.pause()
    if (!this.#destroyed) {
      this.#destroyed = true
      clearInterval(this.#timer)
      for (const session of this.#sessions) session.destroy()
    }
    await pausing
  }

  /** Plays as soon as what went before has come to an end, unless a pause came meanwhile. */
  async #playOnceAtRest(): Promise<void> {
    await this.#loop
    await this.#stepping
    if (this.#destroyed || this.#loop) return
    if (!this.#wantsToPlay) return this.#events.onStop(this.#takeStop({ kind: 'paused' }))
    this.#stopping = undefined
    this.#pacer.restart()
    this.#timer = setInterval(() => this.#report(), NEWS_INTERVAL_MILLIS)
    this.#loop = this.#run()
    await this.#loop
    clearInterval(this.#timer)
    this.#loop = undefined
    if (!this.#destroyed) this.#events.onStop(this.#takeStop({ kind: 'finished' }))
  }

  async #run(): Promise<void> {
    await this.#guard(async () => {
      // The first weights have their column at once; a window begins where one is due.
      if (this.step === 0 && this.#sessions[0]!.windowSteps === 0) this.#beginColumns(true)
      else await this.#measureIfDue()
      let before = performance.now()
      while (!this.#stopping && !this.#fault) {
        const now = performance.now()
        this.#cadence.passTime(now - before)
        before = now
        const left = this.#plannedSteps - this.step
        if (left <= 0) break
        const due = this.#pacer.stepsDue(now, this.#stretch)
        if (due > 0) await this.#advance(Math.min(due, left, this.#stepsToNextColumn()))
        else await sleep(this.#pacer.restMillis(this.#stretch))
        await this.#measureIfDue()
      }
      // The last weights always get their column; those of a run that broke off may be too large to measure. A window
      // that ends with them is open by now, and one that a pause began would stand in the way of the next one due.
      if (this.#sessions[0]!.windowSteps === 0 && !this.#fault) this.#beginColumns(true)
      await this.#settle()
    })
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

  async #advance(steps: number): Promise<void> {
    for (const session of this.#sessions) await session.advance(steps)
  }

  async #measureIfDue(): Promise<void> {
    if (this.#columnFailure) throw this.#columnFailure
    const { clock, windowSteps } = this.#sessions[0]!
    if (this.#windowIsOpen) return
    if (windowSteps > 0 && this.step > this.#lastWindowStart - windowSteps) {
      if (this.step === this.#lastWindowStart) this.#beginColumns(true)
      return
    }
    if (!this.#cadence.isDue(this.#columnStep, performance.now(), this.#pacer.pace, clock)) return
    if (this.#underWay.size >= MAX_COLUMNS_UNDER_WAY * this.#sessions.length) {
      await Promise.race(this.#underWay.keys())
    }
    this.#beginColumns(false)
  }

  /** Sessions that met NaN or infinity make no further updates, so the loop must not go on asking for them. */
  get #fault(): NonFinite | undefined {
    return this.#sessions.find((session) => session.nonFinite)?.nonFinite
  }

  /** Where a window must begin so that the last weights have their column, too. */
  get #lastWindowStart(): number {
    return this.#plannedSteps - this.#sessions[0]!.windowSteps
  }

  /** The window of a column that was begun goes on; the next may not begin before it ends. */
  get #windowIsOpen(): boolean {
    return [...this.#underWay.values()].some((step) => step > this.step)
  }

  #stepsToNextColumn(): number {
    const untilDue = this.#cadence.stepsUntilDue(this.#columnStep)
    const untilLastWindow = this.#lastWindowStart - this.step
    return untilLastWindow > 0 ? Math.min(untilDue, untilLastWindow) : untilDue
  }

  /** The step of a column begun now. */
  get #columnStep(): number {
    return this.step + this.#sessions[0]!.windowSteps
  }

  /** @param requested whether something else than the cadence asks for them. */
  #beginColumns(requested: boolean): void {
    const step = this.#columnStep
    if (step > this.#plannedSteps || !this.#cadence.begin(step, performance.now())) return
    this.#sessions.forEach((session, index) => {
      const column = session.measure().then((measurement) => {
        if (measurement) this.#columns[index]!.push(measurement)
        if (index > 0) return
        // Columns may be under way together, so each is charged with what was spent since the one before arrived.
        const { measuringMillis } = session.clock
        this.#cadence.finish(measuringMillis - this.#chargedMillis, requested)
        this.#chargedMillis = measuringMillis
      })
      this.#underWay.set(column, step)
      column
        .catch((error: unknown) => (this.#columnFailure ??= error instanceof Error ? error : new Error(String(error))))
        .finally(() => this.#underWay.delete(column))
    })
  }

  async #settle(): Promise<void> {
    for (const session of this.#sessions) await session.settle()
    // A window that is still open waits for updates that come only when the run plays on.
    const closed = [...this.#underWay].filter(([, step]) => step <= this.step)
    await Promise.all(closed.map(([column]) => column))
    if (this.#columnFailure) throw this.#columnFailure
    this.#report()
  }

  #report(): void {
    if (this.#destroyed) return
    const news = this.#sessions.map((session, index) => ({
      records: session.takeRecords(),
      columns: this.#columns[index]!.splice(0),
    }))
    this.#events.onNews(news)
  }

  #takeStop(otherwise: StopReason): StopReason {
    if (this.#fault) return { kind: 'non-finite', fault: this.#fault }
    const reason = this.#stopping ?? otherwise
    // A pause that came after the last step found the run finished.
    return reason.kind === 'paused' && this.step >= this.#plannedSteps ? { kind: 'finished' } : reason
  }
}

function sleep(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis))
}
