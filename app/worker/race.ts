import type { LiveSettings } from '../experiment/spec'
import type { Pace } from '../training/pacer'
import { Scheduler, type SchedulerOptions } from '../training/scheduler'
import type { TrainingSession } from '../training/session'
import type { LiveRun } from './liveRun'
import type { Letter, RaceId, RunId } from './protocol'

/** The runs on screen, one to a letter, in lock-step. */
export class Race {
  readonly id: RaceId
  readonly #scheduler: Scheduler
  readonly #runs = new Map<Letter, LiveRun>()
  readonly #isVisible: () => boolean

  constructor(id: RaceId, options: Omit<SchedulerOptions, 'keepsWeights'>, isVisible: () => boolean) {
    this.id = id
    this.#isVisible = isVisible
    this.#scheduler = new Scheduler(
      { ...options, keepsWeights: true },
      {
        onNews: (news) => {
          const { playing, plannedSteps } = this.#scheduler
          for (const [session, own] of news) {
            this.#runOf(session)?.sendFrame(own, { playing, plannedSteps }, this.#surfaces)
          }
        },
        onStop: (session, reason) => this.#runOf(session)?.sendStop(reason),
      },
    )
  }

  get runs(): readonly LiveRun[] {
    return [...this.#runs.values()]
  }

  get playing(): boolean {
    return this.#scheduler.playing
  }

  /** A run joins, in place of the one with the same letter. */
  add(letter: Letter, run: LiveRun): void {
    const previous = this.#runs.get(letter)
    this.#runs.set(letter, run)
    this.#scheduler.add(run.session)
    if (previous) this.#scheduler.remove(previous.session)
  }

  remove(letter: Letter): void {
    const run = this.#runs.get(letter)
    this.#runs.delete(letter)
    if (run) this.#scheduler.remove(run.session)
  }

  find(id: RunId): LiveRun | undefined {
    return this.runs.find((run) => run.id === id)
  }

  /** What it cannot take on ends a run. */
  async change(id: RunId, settings: LiveSettings): Promise<void> {
    const run = this.find(id)
    if (!run) return
    try {
      if (await run.change(settings)) await this.#scheduler.remeasure()
    } catch (error) {
      this.pause()
      run.fail(error instanceof Error ? error.message : String(error))
    }
  }

  lookBack(step: number | undefined): void {
    for (const run of this.runs) run.lookBack(step)
  }

  play(): void {
    for (const run of this.runs) run.restartClock()
    this.#scheduler.play()
  }

  pause(): void {
    void this.#scheduler.pause()
  }

  step(): void {
    void this.#scheduler.singleStep()
  }

  setPace(pace: Pace): void {
    this.#scheduler.setPace(pace)
  }

  extend(plannedSteps: number): void {
    this.#scheduler.extend(plannedSteps)
  }

  /** Ends all runs for a reason that came from outside of them. */
  fail(message: string): void {
    this.pause()
    for (const run of this.runs) run.fail(message)
  }

  destroy(): Promise<void> {
    return this.#scheduler.destroy()
  }

  get #surfaces(): number | undefined {
    return this.#isVisible() ? this.#runs.size : undefined
  }

  #runOf(session: TrainingSession): LiveRun | undefined {
    return this.runs.find((run) => run.session === session)
  }
}
