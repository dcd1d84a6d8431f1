import type { Dataset } from '../data/dataset'
import type { ExperimentSpec, LiveSettings } from '../experiment/spec'
import { Scheduler, type SessionNews, type StopReason } from '../training/scheduler'
import type { TrainingSession } from '../training/session'
import { frameTransfers, joinRecords, SpeedMeter, toColumn } from './frames'
import type { Frame, Pace, PlaneSummary, Report, RunId } from './protocol'
import { SurfacePainter } from './surfacePainter'

export type Post = (report: Report, transfer: Transferable[]) => void

interface LiveRunOptions {
  readonly id: RunId
  readonly spec: ExperimentSpec
  readonly dataset: Dataset
  readonly session: TrainingSession
  readonly plane: PlaneSummary | undefined
  readonly pace: Pace
  readonly isVisible: () => boolean
  readonly post: Post
}

/** One run on its way: turns what the scheduler reports into frames for the page. */
export class LiveRun {
  readonly #options: LiveRunOptions
  readonly #scheduler: Scheduler
  readonly #painter: SurfacePainter | undefined
  readonly #speed = new SpeedMeter()
  #done = 0
  #failed = false

  constructor(options: LiveRunOptions) {
    this.#options = options
    const { id, session, dataset, plane, spec, pace, post } = options
    this.#painter =
      plane &&
      new SurfacePainter(session, dataset, plane, (surface) =>
        post({ kind: 'surface', run: id, surface }, [surface.values.buffer as ArrayBuffer]),
      )
    this.#scheduler = new Scheduler(
      [session],
      { plannedSteps: spec.training.steps, pace, cadence: spec.monitor.cadence },
      { onNews: ([news]) => news && this.#sendFrame(news), onStop: (reason) => this.#sendStop(reason) },
    )
  }

  get id(): RunId {
    return this.#options.id
  }

  get scheduler(): Scheduler {
    return this.#scheduler
  }

  play(): void {
    this.#speed.restart()
    this.#scheduler.play()
  }

  /** Answers with the step, which the page cannot know: updates are queued ahead of those in the last frame. */
  change(settings: LiveSettings): void {
    const { id, post } = this.#options
    this.#scheduler.change(settings)
    post({ kind: 'changed', run: id, step: this.#scheduler.step, settings }, [])
  }

  /** Ends the run for a reason that came from outside of it; only the first is told. */
  fail(message: string): void {
    if (this.#failed) return
    this.#failed = true
    void this.#scheduler.pause()
    this.#options.post(
      { kind: 'stopped', run: this.#options.id, step: this.#done, reason: { kind: 'failed', message } },
      [],
    )
  }

  async destroy(): Promise<void> {
    await this.#scheduler.destroy()
  }

  #sendFrame(news: SessionNews): void {
    const { id, dataset, session, spec, post, isVisible } = this.#options
    const losses = joinRecords(news.records, this.#done + 1)
    this.#done = Math.max(this.#done, losses.firstStep + losses.loss.length - 1)
    if (isVisible()) this.#painter?.paintIfDue(performance.now())
    const { trainingMillis, measuringMillis } = session.clock
    const frame: Frame = {
      run: id,
      step: this.#done,
      plannedSteps: this.#scheduler.plannedSteps,
      epoch: (this.#done * spec.training.batchSize) / dataset.trainingCount,
      playing: this.#scheduler.playing,
      stepsPerSecond: this.#speed.mark(performance.now(), this.#done),
      losses,
      columns: news.columns.map(toColumn),
      millisPerStep: this.#done > 0 ? trainingMillis / this.#done : 0,
      millisPerColumn: session.columns > 0 ? measuringMillis / session.columns : 0,
    }
    post({ kind: 'frame', frame }, frameTransfers(frame))
  }

  #sendStop(reason: StopReason): void {
    if (this.#failed) return
    this.#painter?.paint(performance.now())
    this.#options.post({ kind: 'stopped', run: this.#options.id, step: this.#done, reason }, [])
  }
}
