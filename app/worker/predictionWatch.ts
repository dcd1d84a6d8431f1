import type { Dataset } from '../data/dataset'
import type { ExperimentSpec } from '../experiment/spec'
import { chooseJudged, type JudgedSamples } from '../training/predictions/judgedSamples'
import { readPredictions, type Predictions } from '../training/predictions/readPredictions'
import { SessionEnded, type PredictionReader, type TrainingSession } from '../training/session'
import type { Post } from './liveRun'
import type { RunId } from './protocol'

/** Whose predictions are watched. */
export interface WatchedRun {
  readonly id: RunId
  readonly spec: ExperimentSpec
  readonly dataset: Dataset
  readonly session: TrainingSession
}

/** Nobody reads a matrix that changes faster. */
const MILLIS_BETWEEN_PREDICTIONS = 1_000
/** Of the time that passes the share that predictions may take of the engine. */
const TIME_SHARE = 0.05

/** Predicts the classes of a run's samples for as long as somebody looks, without ever making training wait. */
export class PredictionWatch {
  readonly #run: WatchedRun
  readonly #post: Post
  readonly #judged: JudgedSamples
  readonly #ending = new AbortController()
  #reader: PredictionReader | undefined
  #lookedAt: number | undefined
  #toldStep = -1
  #begunAt = -Infinity
  #costMillis = 0
  #busy = false
  /** Whether what is under way will not do. */
  #isStale = false

  constructor(run: WatchedRun, post: Post) {
    this.#run = run
    this.#post = post
    this.#judged = chooseJudged(run.dataset, run.spec.seed)
  }

  get run(): RunId {
    return this.#run.id
  }

  /** Nothing more comes of it: it was ended, or failed. */
  get isOver(): boolean {
    return this.#ending.signal.aborted
  }

  /** Predicts at this past step, or at the last one before it that was kept; undefined: as training goes on. */
  lookAt(step: number | undefined): void {
    this.#lookedAt = step
    this.predict()
  }

  /** Predicts where the last time is long enough ago for what it took. */
  predictIfDue(): void {
    const rest = Math.max(MILLIS_BETWEEN_PREDICTIONS, this.#costMillis / TIME_SHARE)
    if (!this.#busy && performance.now() - this.#begunAt >= rest) this.predict()
  }

  /** Predicts where the weights are not those of the last time, now or once what is under way is done. */
  predict(): void {
    this.#isStale = this.#busy
    const kept = this.#keptStep()
    const step = kept ?? this.#run.session.step
    if (this.#busy || step === this.#toldStep || this.#ending.signal.aborted) return
    this.#busy = true
    this.#begunAt = performance.now()
    void this.#predict(kept).finally(() => {
      this.#busy = false
      if (this.#ending.signal.aborted) this.#reader?.close()
      else if (this.#isStale) this.predict()
    })
  }

  /** Tells nothing more and frees what predicting took. */
  end(): void {
    this.#ending.abort()
    if (!this.#busy) this.#reader?.close()
  }

  async #predict(atStep: number | undefined): Promise<void> {
    const { id, session, dataset, spec } = this.#run
    const { signal } = this.#ending
    try {
      this.#reader ??= await session.readers.openPredictions(this.#judged.positions.length)
      const spentBefore = this.#reader.spentMillis
      const options = { loss: spec.loss, atStep, signal }
      const predictions = await readPredictions(this.#reader, dataset, this.#judged, options)
      this.#costMillis = this.#reader.spentMillis - spentBefore
      this.#toldStep = predictions.step
      this.#post({ kind: 'predictions', run: id, predictions }, transfersOf(predictions))
    } catch (error) {
      // The end of a session is told by whoever ended it.
      if (signal.aborted || error instanceof SessionEnded) return
      this.#ending.abort()
      const message = error instanceof Error ? error.message : String(error)
      this.#post({ kind: 'predictionsFailed', run: id, message }, [])
    }
  }

  /** The kept step that is looked at; undefined where that is the present. */
  #keptStep(): number | undefined {
    const lookedAt = this.#lookedAt
    if (lookedAt === undefined) return undefined
    return this.#run.session.snapshots.findLast(({ step }) => step <= lookedAt)?.step
  }
}

function transfersOf({ positions, truth, predicted, confidence, truthScore }: Predictions): Transferable[] {
  return [positions, truth, predicted, confidence, truthScore].map(({ buffer }) => buffer as ArrayBuffer)
}
