import type { ExperimentSpec } from '../experiment/spec'
import type { Dataset } from '../data/dataset'
import { measureLinearProbes } from '../training/linearProbes/linearProbes'
import type { TrainingSession } from '../training/session'
import type { Post } from './liveRun'
import type { RunId } from './protocol'

/** What probes are measured on. */
export interface ProbedRun {
  readonly id: RunId
  readonly spec: ExperimentSpec
  readonly dataset: Dataset
  readonly session: TrainingSession
}

const MILLIS_BETWEEN_REPORTS = 100

/** Measures linear probes of runs on screen, of each one at a time, while training goes on. */
export class ProbeDesk {
  readonly #post: Post
  readonly #underWay = new Map<RunId, AbortController>()

  constructor(post: Post) {
    this.#post = post
  }

  /** Answers with `probesProgress`, at the end with `probesEnded`. Nothing where the run is being probed already. */
  measure(run: ProbedRun): void {
    if (this.#underWay.has(run.id)) return
    const controller = new AbortController()
    this.#underWay.set(run.id, controller)
    void this.#measure(run, controller.signal).finally(() => this.#underWay.delete(run.id))
  }

  /** Answered by `probesEnded`, too. */
  cancel(run: RunId): void {
    this.#underWay.get(run)?.abort()
  }

  /** Breaks off what is measured of runs that are not among these. */
  keepOnly(runs: ReadonlySet<RunId>): void {
    for (const [run, controller] of this.#underWay) if (!runs.has(run)) controller.abort()
  }

  async #measure({ id: run, spec, dataset, session }: ProbedRun, signal: AbortSignal): Promise<void> {
    let toldAt = -Infinity
    const onProgress = (fraction: number): void => {
      if (performance.now() - toldAt < MILLIS_BETWEEN_REPORTS || signal.aborted) return
      toldAt = performance.now()
      this.#post({ kind: 'probesProgress', run, fraction }, [])
    }
    try {
      const probes = await measureLinearProbes(session, dataset, { seed: spec.seed, signal, onProgress })
      this.#post({ kind: 'probesEnded', run, outcome: { kind: 'measured', probes } }, [])
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const outcome = signal.aborted ? ({ kind: 'cancelled' } as const) : ({ kind: 'failed', message } as const)
      this.#post({ kind: 'probesEnded', run, outcome }, [])
    }
  }
}
