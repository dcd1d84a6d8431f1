import { expect, vi } from 'vitest'
import { Scheduler, type SchedulerOptions, type StopReason } from './scheduler'
import type { Measurement, NonFinite, StepRecords, TrainingSession } from './session'

/** A session that does its updates at once: it shows what the scheduler asks for, in order. */
export class InstantSession implements TrainingSession {
  readonly engine = 'reference'
  readonly clock = { trainingMillis: 0, measuringMillis: 0 }
  readonly outputs = []
  readonly variants = {}
  sampling: TrainingSession['sampling'] = 'channelwise'
  readonly windowSteps: number
  columns = 0
  step = 0
  nonFinite: NonFinite | undefined
  failAt = Infinity
  breakAt = Infinity
  /** How long one call of `advance` takes. */
  advanceMillis = 0
  /** How long a column takes from its last update to its arrival. */
  measuringMillis = 0
  /** What a column is charged with. */
  columnCost = 0
  /** When columns were asked for. */
  readonly measuredAt: number[] = []
  readonly #records: StepRecords[] = []
  #windows: { readonly step: number; readonly resolve: (measurement: Measurement) => void }[] = []

  constructor(windowSteps = 0) {
    this.windowSteps = windowSteps
  }

  async advance(steps: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.advanceMillis))
    if (this.step + steps >= this.failAt) throw new Error('the engine broke')
    if (this.nonFinite) return
    const loss = Float32Array.from({ length: steps }, (_, index) => 1 / (this.step + index + 1))
    this.#records.push({ firstStep: this.step + 1, loss, accuracy: loss })
    this.step += steps
    this.clock.trainingMillis += steps
    if (this.step >= this.breakAt) this.nonFinite = { step: this.step, where: 'hidden 1' }
    for (const { step, resolve } of this.#windows) {
      if (this.step >= step)
        setTimeout(() => resolve({ step, sampling: this.sampling, spectra: [] }), this.measuringMillis)
    }
    this.#windows = this.#windows.filter(({ step }) => step > this.step)
  }

  takeRecords(): readonly StepRecords[] {
    return this.#records.splice(0)
  }

  measure(): Promise<Measurement> {
    this.columns++
    this.clock.measuringMillis += this.columnCost
    this.measuredAt.push(performance.now())
    const step = this.step + this.windowSteps
    if (this.#windows.some((window) => window.step > this.step)) return Promise.reject(new Error('a window is open'))
    if (this.windowSteps === 0) return Promise.resolve({ step, sampling: this.sampling, spectra: [] })
    return new Promise((resolve) => this.#windows.push({ step, resolve }))
  }

  snapshots = []
  snapshotUse = { count: 0, bytesOnGpu: 0, bytesInMemory: 0, budget: 0 }
  snapshot = vi.fn<TrainingSession['snapshot']>()
  readSnapshot = vi.fn<TrainingSession['readSnapshot']>()
  predict = vi.fn<TrainingSession['predict']>()
  readers = {
    openFeatures: vi.fn<TrainingSession['readers']['openFeatures']>(),
    openPredictions: vi.fn<TrainingSession['readers']['openPredictions']>(),
  }
  inspect = vi.fn<TrainingSession['inspect']>()
  read = vi.fn<TrainingSession['read']>()
  restore = vi.fn<TrainingSession['restore']>()
  change = vi.fn<TrainingSession['change']>()
  resample = vi.fn<TrainingSession['resample']>()
  destroy = vi.fn<TrainingSession['destroy']>()
  settle = () => Promise.resolve()
}

export function runScheduler(
  session: TrainingSession,
  options: Partial<SchedulerOptions> = {},
  beside: TrainingSession[] = [],
) {
  const columns: number[] = []
  const allColumns = new Map<TrainingSession, number[]>([[session, columns]])
  /** Steps of the columns that arrived. */
  const columnsOf = (of: TrainingSession): number[] => {
    const known = allColumns.get(of) ?? []
    allColumns.set(of, known)
    return known
  }
  const stops: [TrainingSession, StopReason][] = []
  let steps = 0
  let stopped: (reason: StopReason) => void = () => {}
  const scheduler = new Scheduler(
    { plannedSteps: 100, pace: 'max', cadence: 10, ...options },
    {
      onNews(news) {
        const own = news.get(session)
        for (const record of own?.records ?? []) {
          expect(record.firstStep).toBe(steps + 1)
          steps += record.loss.length
        }
        for (const [each, { columns: arrived }] of news) columnsOf(each).push(...arrived.map(({ step }) => step))
      },
      onStop(of, reason) {
        stops.push([of, reason])
        if (of === session) stopped(reason)
      },
    },
  )
  for (const each of [session, ...beside]) scheduler.add(each)
  const nextStop = (): Promise<StopReason> => new Promise((resolve) => (stopped = resolve))
  return { scheduler, columns, columnsOf, nextStop, stops, steps: () => steps }
}
