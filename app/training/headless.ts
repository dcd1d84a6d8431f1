import { GpuError } from '../gpu/errors'
import type { SessionNews } from './lane'
import { Scheduler, type StopReason } from './scheduler'
import type { Measurement, NonFinite, TrainingSession } from './session'

/** Training that could not go on, for a caller without a page. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError'
  /** Present where the loss or a gradient was NaN or infinite. */
  readonly nonFinite: NonFinite | undefined

  constructor(message: string, nonFinite?: NonFinite) {
    super(message)
    this.nonFinite = nonFinite
  }
}

/** A column together with what training reported at its step. */
export interface HeadlessColumn {
  readonly measurement: Measurement
  /** Of the batch of update max(1, step), before that update. */
  readonly loss: number
  /** Share of that batch classified correctly; NaN for regression. */
  readonly accuracy: number
  /** Since the run began. */
  readonly stepsPerSecond: number
}

export interface HeadlessOptions {
  readonly steps: number
  readonly cadence: 'auto' | number
  readonly signal?: AbortSignal
  /** Registers who is to hear of faults that are told to nobody else; returns what ends it. */
  readonly listenForFaults?: (listener: (error: Error) => void) => () => void
}

/** What an aborted run rejects with, whatever reason the signal gives. */
export function abortError(signal: AbortSignal): DOMException {
  const error = new DOMException('Training was aborted.', 'AbortError')
  return Object.defineProperty(error, 'cause', { value: signal.reason })
}

/**
 * Trains a session at full pace and yields every column, the last one always at `options.steps`. Destroys the session
 * when it ends, however it ends; an abort ends it at once, also while nobody asks for the next column.
 * @throws TrainingError, the engine's own error, or AbortError.
 */
export async function* trainHeadless(
  session: TrainingSession,
  options: HeadlessOptions,
): AsyncGenerator<HeadlessColumn, void, undefined> {
  const { steps, cadence, signal } = options
  const feed = new ColumnFeed(steps)
  const scheduler = new Scheduler(
    { plannedSteps: steps, pace: 'max', cadence },
    {
      onNews(news) {
        for (const own of news.values()) feed.take(own)
      },
      onStop: (_, reason) => feed.end(reason),
    },
  )
  scheduler.add(session)
  const fail = (error: Error): void => {
    feed.fail(error)
    void scheduler.destroy()
  }
  const abort = (): void => {
    if (signal) fail(abortError(signal))
  }
  const stopListening = options.listenForFaults?.(fail)
  signal?.addEventListener('abort', abort)
  try {
    if (signal?.aborted) abort()
    else scheduler.play()
    yield* feed.columns()
  } finally {
    signal?.removeEventListener('abort', abort)
    stopListening?.()
    await scheduler.destroy()
  }
}

/** Holds columns until the loss of their step has arrived, and the reader until a column has. */
class ColumnFeed {
  readonly #startedAt = performance.now()
  /** By step, from 1. */
  readonly #loss: Float32Array
  readonly #accuracy: Float32Array
  readonly #waiting: Measurement[] = []
  #stepsDone = 0
  #ended = false
  #failure: Error | undefined
  #wake: () => void = () => {}

  constructor(steps: number) {
    this.#loss = new Float32Array(steps + 1)
    this.#accuracy = new Float32Array(steps + 1)
  }

  take(news: SessionNews): void {
    for (const { firstStep, loss, accuracy } of news.records) {
      this.#loss.set(loss, firstStep)
      this.#accuracy.set(accuracy, firstStep)
      this.#stepsDone = firstStep + loss.length - 1
    }
    this.#waiting.push(...news.columns)
    this.#wake()
  }

  end(reason: StopReason): void {
    if (reason.kind === 'finished') {
      this.#ended = true
      this.#wake()
    } else this.fail(toError(reason))
  }

  fail(error: Error): void {
    this.#failure ??= error
    this.#wake()
  }

  async *columns(): AsyncGenerator<HeadlessColumn, void, undefined> {
    for (;;) {
      while (this.#waiting[0] && Math.max(1, this.#waiting[0].step) <= this.#stepsDone && !isAbort(this.#failure)) {
        yield this.#complete(this.#waiting.shift()!)
      }
      if (this.#failure) throw this.#failure
      if (this.#ended) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  #complete(measurement: Measurement): HeadlessColumn {
    const update = Math.max(1, measurement.step)
    const seconds = (performance.now() - this.#startedAt) / 1_000
    return {
      measurement,
      loss: this.#loss[update]!,
      accuracy: this.#accuracy[update]!,
      stepsPerSecond: this.#stepsDone / seconds,
    }
  }
}

/** An abort ends the stream at once; any other failure only after the columns that came before it. */
function isAbort(error: Error | undefined): boolean {
  return error instanceof DOMException
}

function toError(reason: StopReason): Error {
  switch (reason.kind) {
    case 'non-finite': {
      const { step, where } = reason.fault
      const message = `Update ${step} was refused: ${where} holds NaN or infinity. Try a smaller learning rate.`
      return new TrainingError(message, reason.fault)
    }
    case 'device-lost':
      return new GpuError('device-lost', `${reason.message} Train again: a new connection is opened for it.`)
    case 'failed':
      return new TrainingError(reason.message)
    case 'paused':
    case 'finished':
      return new TrainingError('Training was paused.')
  }
}
