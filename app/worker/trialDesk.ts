import type { Dataset } from '../data/dataset'
import type { ExperimentSpec } from '../experiment/spec'
import type { Engine } from '../training/engine'
import { openSession } from '../training/openSession'
import type { TrainingSession } from '../training/session'
import type { Post } from './liveRun'
import type { FileDataId, Request, TrialId, TrialResult } from './protocol'

type TrialRequest = Extract<Request, { kind: 'tryOut' }>

/** What a trial needs of the worker it shares with the runs on screen. */
export interface TrialSurroundings {
  readonly openEngine: () => Promise<Engine>
  readonly openData: (spec: ExperimentSpec, fileData: FileDataId | undefined) => Dataset
  /** What the race on screen takes of the engine: all of it, some of it or nothing. */
  readonly raceDemand: () => 'all' | 'some' | 'none'
  readonly post: Post
}

/** Updates queued at once while nobody watches; while a race is on screen its steps come between any two. */
const STEPS_AT_ONCE = 16
/** While a race takes all of the engine, trials look this often whether it still does. */
const MILLIS_BETWEEN_LOOKS = 100
const MILLIS_BETWEEN_REPORTS = 250
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
    const session = await openSession(engine, spec, openData(spec, fileData))
    try {
      const losses: number[] = []
      const { steps } = spec.training
      let reportedAt = -Infinity
      while (session.step < steps) {
        await this.#takeTurn(session, Math.min(STEPS_AT_ONCE, steps - session.step))
        if (isCancelled()) return undefined
        takeLosses(session, losses)
        if (session.nonFinite) throw new Error(describeFault(session.nonFinite))
        if (performance.now() - reportedAt < MILLIS_BETWEEN_REPORTS) continue
        reportedAt = performance.now()
        post({ kind: 'trialProgress', trial, step: session.step }, [])
      }
      return await finish(session, losses)
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

/** Waits for the last updates and measures the weights they left. */
async function finish(session: TrainingSession, losses: number[]): Promise<TrialResult> {
  await session.settle()
  takeLosses(session, losses)
  const { trainingMillis } = session.clock
  const measurement = session.windowSteps === 0 ? await session.measure() : undefined
  if (session.nonFinite) throw new Error(describeFault(session.nonFinite))
  const last = losses.slice(-LOSS_UPDATES)
  return {
    loss: last.reduce((sum, loss) => sum + loss, 0) / last.length,
    ...(measurement?.heldOut && { heldOut: measurement.heldOut }),
    spectra: measurement?.spectra ?? [],
    outputs: session.outputs,
    millisPerStep: trainingMillis / session.step,
  }
}

function takeLosses(session: TrainingSession, losses: number[]): void {
  for (const { loss } of session.takeRecords()) losses.push(...loss)
}

function describeFault({ step, where }: { readonly step: number; readonly where: string }): string {
  return `Step ${step} gave NaN or infinity, first in ${where}.`
}
