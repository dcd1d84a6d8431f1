import type { Dataset } from '../data/dataset'
import type { ExperimentSpec } from '../experiment/spec'
import type { Engine } from '../training/engine'
import { openSession } from '../training/openSession'
import type { Measurement, TrainingSession } from '../training/session'
import type { Post } from './liveRun'
import type { FileDataId, Request, TrialId, TrialResult } from './protocol'

type TrialRequest = Extract<Request, { kind: 'tryOut' }>

/** What a trial needs of the worker it shares with the runs on screen. */
export interface TrialSurroundings {
  readonly openEngine: () => Promise<Engine>
  readonly openData: (spec: ExperimentSpec, fileData: FileDataId | undefined) => Promise<Dataset>
  /** What the race on screen takes of the engine: all of it, some of it or nothing. */
  readonly raceDemand: () => 'all' | 'some' | 'none'
  readonly post: Post
}

/** Updates queued at once while nobody watches; while a race is on screen its steps come between any two. */
const STEPS_AT_ONCE = 16
/** While a race takes all of the engine, trials look this often whether it still does. */
const MILLIS_BETWEEN_LOOKS = 100
const MILLIS_BETWEEN_REPORTS = 250
/**
 * Held-out results are the mean over this many last measurements, a fiftieth of the steps apart: those of a single step
 * differ by chance more than a change that is to be judged.
 */
const HELD_OUT_MEASUREMENTS = 10
const MEASUREMENTS_PER_RUN = 50
/** Training loss is the mean over this many last updates: that of a single batch is mostly chance. */
const LOSS_UPDATES = 32

/** Trains experiments that nobody watches, one after the other, from the first step to the last, for their outcome. */
export class TrialDesk {
  readonly #surroundings: TrialSurroundings
  readonly #queue: TrialRequest[] = []
  #current: { readonly trial: TrialId; cancelled: boolean } | undefined

  constructor(surroundings: TrialSurroundings) {
    this.#surroundings = surroundings
  }

  add(request: TrialRequest): void {
    this.#queue.push(request)
    if (!this.#current) void this.#work()
  }

  /** Nothing more is heard of the trial. */
  cancel(trial: TrialId): void {
    const index = this.#queue.findIndex((request) => request.trial === trial)
    if (index >= 0) this.#queue.splice(index, 1)
    if (this.#current?.trial === trial) this.#current.cancelled = true
  }

  async #work(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { trial } = next
      const current = { trial, cancelled: false }
      this.#current = current
      try {
        const result = await this.#train(next, () => current.cancelled)
        if (result) this.#surroundings.post({ kind: 'trialEnded', trial, outcome: { ok: true, result } }, [])
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        if (!current.cancelled)
          this.#surroundings.post({ kind: 'trialEnded', trial, outcome: { ok: false, message } }, [])
      }
    }
    this.#current = undefined
  }

  /** @returns undefined where it was cancelled. */
  async #train({ trial, spec, fileData }: TrialRequest, isCancelled: () => boolean): Promise<TrialResult | undefined> {
    const { openEngine, openData, post } = this.#surroundings
    const engine = await openEngine()
    const session = await openSession(engine, spec, await openData(spec, fileData))
    try {
      const losses: number[] = []
      const columns: Measurement[] = []
      let reportedAt = -Infinity
      for (const stop of measuredSteps(spec.training.steps)) {
        while (session.step < stop) {
          await this.#takeTurn(session, Math.min(STEPS_AT_ONCE, stop - session.step))
          if (isCancelled()) return undefined
          takeLosses(session, losses)
          if (session.nonFinite) throw new Error(describeFault(session.nonFinite))
          if (performance.now() - reportedAt < MILLIS_BETWEEN_REPORTS) continue
          reportedAt = performance.now()
          post({ kind: 'trialProgress', trial, step: session.step }, [])
        }
        // A window over training batches is for columns that are watched.
        const column = session.windowSteps === 0 ? await session.measure() : undefined
        if (column) columns.push(column)
      }
      return await finish(session, losses, columns)
    } finally {
      session.destroy()
    }
  }

  async #takeTurn(session: TrainingSession, most: number): Promise<void> {
    const { raceDemand } = this.#surroundings
    while (raceDemand() === 'all') await new Promise((resolve) => setTimeout(resolve, MILLIS_BETWEEN_LOOKS))
    await session.advance(raceDemand() === 'none' ? most : 1)
  }
}

/** The steps at which a run of this many is measured, the last one last. */
function measuredSteps(steps: number): readonly number[] {
  const between = Math.max(1, Math.round(steps / MEASUREMENTS_PER_RUN))
  const all = Array.from({ length: HELD_OUT_MEASUREMENTS }, (_, index) => steps - index * between)
  return all.filter((step) => step > 0).toReversed()
}

/** Waits for the last updates, and sums up. */
async function finish(
  session: TrainingSession,
  losses: number[],
  columns: readonly Measurement[],
): Promise<TrialResult> {
  await session.settle()
  takeLosses(session, losses)
  if (session.nonFinite) throw new Error(describeFault(session.nonFinite))
  const heldOut = columns.flatMap((column) => column.heldOut ?? [])
  return {
    loss: mean(losses.slice(-LOSS_UPDATES)),
    ...(heldOut.length > 0 && {
      heldOut: {
        loss: mean(heldOut.map(({ loss }) => loss)),
        accuracy: mean(heldOut.map(({ accuracy }) => accuracy)),
      },
    }),
    spectra: columns.at(-1)?.spectra ?? [],
    outputs: session.outputs,
    millisPerStep: session.clock.trainingMillis / session.step,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function takeLosses(session: TrainingSession, losses: number[]): void {
  for (const { loss } of session.takeRecords()) losses.push(...loss)
}

function describeFault({ step, where }: { readonly step: number; readonly where: string }): string {
  return `Step ${step} gave NaN or infinity, first in ${where}.`
}
