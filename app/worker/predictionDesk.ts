import type { Dataset } from '../data/dataset'
import { rawInputs } from '../data/summary'
import { firstRowOf } from '../training/predictions/judgedSamples'
import type { Post } from './liveRun'
import { PredictionWatch, type WatchedRun } from './predictionWatch'
import type { Report, Request, RunId } from './protocol'

type SamplesRequest = Extract<Request, { kind: 'readSamples' }>

/** Tells the page what the one run it watches predicts, and shows it the samples it asks for. */
export class PredictionDesk {
  readonly #post: Post
  #watch: PredictionWatch | undefined

  constructor(post: Post) {
    this.#post = post
  }

  /**
   * @param run undefined where nobody watches, or it is gone.
   * @param step a past one that is looked at; undefined: the present.
   */
  watch(run: WatchedRun | undefined, step: number | undefined): void {
    // Asked again after a failure, it is tried again.
    if (this.#watch?.run !== run?.id || this.#watch?.isOver) {
      this.#watch?.end()
      this.#watch = run && new PredictionWatch(run, this.#post)
    }
    this.#watch?.lookAt(step)
  }

  /** Hears what the page is told: weights moved, or came to rest. */
  hear(report: Report): void {
    if (report.kind === 'frame' && report.frame.run === this.#watch?.run) this.#watch.predictIfDue()
    if (report.kind === 'stopped' && report.run === this.#watch?.run) this.#watch.predict()
  }

  /** Ends the watch of a run that is not among these. */
  keepOnly(runs: ReadonlySet<RunId>): void {
    if (!this.#watch || runs.has(this.#watch.run)) return
    this.#watch.end()
    this.#watch = undefined
  }

  /** Answers with the samples as they were before standardisation. */
  readSamples(dataset: Dataset, { run, part, positions }: SamplesRequest): void {
    const firstRow = firstRowOf(dataset, part)
    const inputs = rawInputs(
      dataset,
      positions.map((position) => firstRow + position),
    )
    this.#post({ kind: 'samples', run, samples: { part, positions, inputs } }, [inputs.buffer])
  }
}
