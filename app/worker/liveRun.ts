import type { Dataset } from '../data/dataset'
import type { ExperimentSpec, LiveSettings, Sampling } from '../experiment/spec'
import { isTooLarge } from '../training/engine'
import type { SessionNews } from '../training/lane'
import type { StopReason } from '../training/scheduler'
import type { TrainingSession } from '../training/session'
import { frameTransfers, joinRecords, SpeedMeter, toColumn } from './frames'
import type { Painter } from './painter'
import type { FileDataId, Frame, PictureSummary, PlaneSummary, Report, RunId } from './protocol'
import { createReconstructionPainter } from './reconstructionPainter'
import { createSurfacePainter } from './surfacePainter'

export type Post = (report: Report, transfer: Transferable[]) => void

interface LiveRunOptions {
  readonly id: RunId
  readonly spec: ExperimentSpec
  readonly dataset: Dataset
  /** The files the data were read from. */
  readonly fileData: FileDataId | undefined
  readonly session: TrainingSession
  readonly plane: PlaneSummary | undefined
  readonly pictures: PictureSummary | undefined
  readonly post: Post
}

/** What a run's frames say of the race as a whole. */
interface RaceState {
  readonly playing: boolean
  readonly plannedSteps: number
}

/** One run on its way: turns what its session reports into frames for the page. */
export class LiveRun {
  readonly id: RunId
  readonly spec: ExperimentSpec
  readonly session: TrainingSession
  readonly dataset: Dataset
  readonly fileData: FileDataId | undefined
  readonly #post: Post
  readonly #painter: Painter | undefined
  readonly #speed = new SpeedMeter()
  readonly #start: number
  /** Of the columns that the page gets now. */
  #sampling: Sampling
  #done: number
  #failed = false

  constructor(options: LiveRunOptions) {
    const { id, spec, dataset, fileData, session, post } = options
    this.id = id
    this.session = session
    this.dataset = dataset
    this.fileData = fileData
    this.spec = spec
    this.#post = post
    this.#start = session.step
    this.#done = session.step
    this.#sampling = session.sampling
    this.#painter = createPainter(options)
  }

  /** The speed is taken anew from here: after a rest. */
  restartClock(): void {
    this.#speed.restart()
  }

  /**
   * Answers with the step, which the page cannot know: updates are queued ahead of those in the last frame. Another
   * sampling takes its time and is answered when it is in force, or when there is no memory for it.
   * @returns whether columns are measured in another way from now on.
   */
  async change({ sampling, ...settings }: LiveSettings): Promise<boolean> {
    const { id, session } = this
    if (Object.keys(settings).length > 0) {
      session.change(settings)
      this.#post({ kind: 'changed', run: id, step: session.step, settings }, [])
    }
    if (sampling === undefined) return false
    if (!(await this.#resample(sampling))) return false
    // Where another one was asked for meanwhile, that one counts.
    if (session.sampling === this.#sampling) return false
    this.#sampling = session.sampling
    const { step, outputs, variants } = session
    this.#post(
      { kind: 'changed', run: id, step, settings: { sampling: this.#sampling }, measured: { outputs, variants } },
      [],
    )
    return true
  }

  /** @returns whether the adapter can hold what it takes. */
  async #resample(sampling: Sampling): Promise<boolean> {
    const { id, session } = this
    try {
      await session.resample(sampling)
      return true
    } catch (error) {
      if (!isTooLarge(error)) throw error
      const refusal = { run: id, refused: sampling, inForce: session.sampling, message: error.message }
      this.#post({ kind: 'samplingRefused', ...refusal }, [])
      return false
    }
  }

  /** Shows the surface or the reconstructions of a past step; undefined goes back to the present. */
  lookBack(step: number | undefined): void {
    this.#painter?.lookBack(step, performance.now())
  }

  /** @param painters runs whose surfaces or reconstructions are painted in turn, this one included; undefined where nobody looks. */
  sendFrame(news: SessionNews, race: RaceState, painters: number | undefined): void {
    const losses = joinRecords(news.records, this.#done + 1)
    this.#done = Math.max(this.#done, losses.firstStep + losses.loss.length - 1)
    const now = performance.now()
    if (painters !== undefined) this.#painter?.paintIfDue(now, painters)
    const { trainingMillis, measuringMillis } = this.session.clock
    const frame: Frame = {
      run: this.id,
      step: this.#done,
      plannedSteps: race.plannedSteps,
      epoch: (this.#done * this.spec.training.batchSize) / this.dataset.trainingCount,
      // One that broke off beside others that go on does not play.
      playing: race.playing && this.session.nonFinite === undefined,
      stepsPerSecond: this.#speed.mark(now, this.#done),
      losses,
      // Those of an earlier sampling that come late have no place any more in what the page shows.
      columns: news.columns.filter(({ sampling }) => sampling === this.#sampling).map(toColumn),
      snapshots: this.session.snapshotUse,
      millisPerStep: this.#done > this.#start ? trainingMillis / (this.#done - this.#start) : 0,
      millisPerColumn: this.session.columns > 0 ? measuringMillis / this.session.columns : 0,
    }
    this.#post({ kind: 'frame', frame }, frameTransfers(frame))
  }

  sendStop(reason: StopReason): void {
    if (this.#failed) return
    this.#painter?.paint(performance.now())
    this.#post({ kind: 'stopped', run: this.id, step: this.#done, reason }, [])
  }

  /** Tells of a reason to stop that came from outside of the run; only the first is told. */
  fail(message: string): void {
    if (this.#failed) return
    this.#failed = true
    this.#post({ kind: 'stopped', run: this.id, step: this.#done, reason: { kind: 'failed', message } }, [])
  }
}

/** Of what is drawn beside the curves, if anything is. */
function createPainter({ id, dataset, session, plane, pictures, post }: LiveRunOptions): Painter | undefined {
  if (plane) {
    return createSurfacePainter(session, dataset, plane, (surface) =>
      post({ kind: 'surface', run: id, surface }, [surface.values.buffer as ArrayBuffer]),
    )
  }
  if (!pictures) return undefined
  return createReconstructionPainter(session, dataset, pictures, (reconstruction) =>
    post({ kind: 'reconstruction', run: id, reconstruction }, [reconstruction.values.buffer as ArrayBuffer]),
  )
}
