import { describe, expect, test, vi } from 'vitest'
import { Scheduler, type SchedulerOptions, type SessionNews, type StopReason } from './scheduler'
import type { Measurement, NonFinite, StepRecords, TrainingSession } from './session'

/** A session that does its updates at once: it shows what the scheduler asks for, in order. */
class InstantSession implements TrainingSession {
  readonly engine = 'reference'
  readonly clock = { trainingMillis: 0, measuringMillis: 0 }
  readonly outputs = []
  readonly variants = {}
  readonly windowSteps: number
  columns = 0
  step = 0
  nonFinite: NonFinite | undefined
  failAt = Infinity
  breakAt = Infinity
  /** How long a column takes from its last update to its arrival. */
  measuringMillis = 0
  readonly #records: StepRecords[] = []
  readonly #windows: { readonly step: number; readonly resolve: (measurement: Measurement) => void }[] = []

  constructor(windowSteps = 0) {
    this.windowSteps = windowSteps
  }

  async advance(steps: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (this.step + steps >= this.failAt) throw new Error('the engine broke')
    if (this.nonFinite) return
    const loss = Float32Array.from({ length: steps }, (_, index) => 1 / (this.step + index + 1))
    this.#records.push({ firstStep: this.step + 1, loss, accuracy: loss })
    this.step += steps
    this.clock.trainingMillis += steps
    if (this.step >= this.breakAt) this.nonFinite = { step: this.step, where: 'hidden 1' }
    for (const { step, resolve } of this.#windows) {
      if (this.step >= step) setTimeout(() => resolve({ step, spectra: [] }), this.measuringMillis)
    }
  }

  takeRecords(): readonly StepRecords[] {
    return this.#records.splice(0)
  }

  measure(): Promise<Measurement> {
    this.columns++
    const step = this.step + this.windowSteps
    if (this.#windows.some((window) => window.step > this.step)) return Promise.reject(new Error('a window is open'))
    if (this.windowSteps === 0) return Promise.resolve({ step, spectra: [] })
    return new Promise((resolve) => this.#windows.push({ step, resolve }))
  }

  predict = vi.fn<TrainingSession['predict']>()
  read = vi.fn<TrainingSession['read']>()
  restore = vi.fn<TrainingSession['restore']>()
  change = vi.fn<TrainingSession['change']>()
  destroy = vi.fn<TrainingSession['destroy']>()
  settle = () => Promise.resolve()
}

function runScheduler(
  session: TrainingSession,
  options: Partial<SchedulerOptions> = {},
  beside: TrainingSession[] = [],
) {
  const columns: number[] = []
  let steps = 0
  let stopped: (reason: StopReason) => void = () => {}
  const scheduler = new Scheduler(
    [session, ...beside],
    { plannedSteps: 100, pace: 'max', cadence: 10, ...options },
    {
      onNews([news]: readonly SessionNews[]) {
        for (const record of news!.records) {
          expect(record.firstStep).toBe(steps + 1)
          steps += record.loss.length
        }
        columns.push(...news!.columns.map(({ step }) => step))
      },
      onStop: (reason) => stopped(reason),
    },
  )
  const nextStop = (): Promise<StopReason> => new Promise((resolve) => (stopped = resolve))
  return { scheduler, columns, nextStop, steps: () => steps }
}

describe('Scheduler', () => {
  test('runs the planned steps, reports every one of them and a column at every multiple of the cadence', async () => {
    const { scheduler, columns, nextStop, steps } = runScheduler(new InstantSession())
    const stop = nextStop()
    scheduler.play()
    expect(await stop).toEqual({ kind: 'finished' })
    expect(steps()).toBe(100)
    expect(columns).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  })

  test('auto cadence measures the first and the last weights at least', async () => {
    const { scheduler, columns, nextStop } = runScheduler(new InstantSession(), { cadence: 'auto', plannedSteps: 37 })
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(columns[0]).toBe(0)
    expect(columns.at(-1)).toBe(37)
  })

  test('continues beyond the plan when extended', async () => {
    const { scheduler, nextStop, steps } = runScheduler(new InstantSession(), { plannedSteps: 10 })
    const stop = nextStop()
    scheduler.play()
    await stop
    const again = nextStop()
    scheduler.extend(25)
    expect(await again).toEqual({ kind: 'finished' })
    expect(steps()).toBe(25)
  })

  test('pauses with everything reported, and plays on from there', async () => {
    const session = new InstantSession()
    const { scheduler, nextStop, steps } = runScheduler(session, { plannedSteps: 100_000, cadence: 'auto' })
    const stop = nextStop()
    scheduler.play()
    await new Promise((resolve) => setTimeout(resolve, 30))
    await scheduler.pause()
    expect(await stop).toEqual({ kind: 'paused' })
    expect(scheduler.playing).toBe(false)
    const pausedAt = session.step
    expect(steps()).toBe(pausedAt)
    scheduler.play()
    await new Promise((resolve) => setTimeout(resolve, 30))
    await scheduler.pause()
    expect(session.step).toBeGreaterThan(pausedAt)
  })

  test('of pause, play and pause in one go the last one counts', async () => {
    const session = new InstantSession()
    const { scheduler } = runScheduler(session, { plannedSteps: 1_000_000, cadence: 'auto' })
    scheduler.play()
    await new Promise((resolve) => setTimeout(resolve, 30))
    const first = scheduler.pause()
    scheduler.play()
    await Promise.all([first, scheduler.pause()])
    const { step } = session
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(scheduler.playing).toBe(false)
    expect(session.step).toBe(step)
  })

  test('a single step is one update and its column', async () => {
    const session = new InstantSession()
    const { scheduler, columns, nextStop } = runScheduler(session, { cadence: 'auto' })
    const stop = nextStop()
    await scheduler.singleStep()
    expect(await stop).toEqual({ kind: 'paused' })
    expect(session.step).toBe(1)
    expect(columns).toEqual([1])
    await Promise.all([scheduler.singleStep(), scheduler.singleStep()])
    expect(session.step).toBe(2)
    expect(columns).toEqual([1, 2])
  })

  test('advances all sessions in lock-step', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    const { scheduler, nextStop } = runScheduler(first, {}, [second])
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(second.step).toBe(first.step)
    expect(second.columns).toBe(first.columns)
  })

  test('a window of training samples is complete at its column, and an open one does not hold up a pause', async () => {
    const session = new InstantSession(4)
    const { scheduler, columns, nextStop } = runScheduler(session, { plannedSteps: 40 })
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(columns).toEqual([10, 20, 30, 40])
  })

  test('with windows and an automatic cadence the last column still belongs to the last weights', async () => {
    const { scheduler, columns, nextStop } = runScheduler(new InstantSession(7), { plannedSteps: 50, cadence: 'auto' })
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(columns.at(-1)).toBe(50)
    for (const [index, step] of columns.entries()) expect(step - (columns[index - 1] ?? 0)).toBeGreaterThanOrEqual(7)
  })

  test('a column that arrives late is waited for, and does not keep the next window from opening', async () => {
    const session = new InstantSession(1)
    session.measuringMillis = 20
    const { scheduler, columns, nextStop } = runScheduler(session, { plannedSteps: 8, cadence: 1 })
    const stop = nextStop()
    scheduler.play()
    expect(await stop).toEqual({ kind: 'finished' })
    expect(columns).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('pauses and single steps leave windows where they would be without', async () => {
    const { scheduler, columns, nextStop } = runScheduler(new InstantSession(4), { plannedSteps: 20, cadence: 10 })
    for (let step = 1; step <= 8; step++) await scheduler.singleStep()
    const paused = nextStop()
    scheduler.play()
    await scheduler.pause()
    await paused
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(columns).toEqual([10, 20])
  })

  test('a window as long as the run is measured once', async () => {
    const { scheduler, columns, nextStop } = runScheduler(new InstantSession(20), { plannedSteps: 20, cadence: 'auto' })
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(columns).toEqual([20])
  })

  test('stops where the loss is not finite and says which layer', async () => {
    const session = new InstantSession()
    session.breakAt = 32
    const { scheduler, nextStop } = runScheduler(session, { plannedSteps: 1_000_000, cadence: 'auto' })
    const stop = nextStop()
    scheduler.play()
    expect(await stop).toEqual({ kind: 'non-finite', fault: { step: 32, where: 'hidden 1' } })
    const { step, columns } = session
    await scheduler.singleStep()
    expect([session.step, session.columns]).toEqual([step, columns])
  })

  test('an engine that breaks ends the run with its message', async () => {
    const session = new InstantSession()
    session.failAt = 50
    const { scheduler, nextStop } = runScheduler(session)
    const stop = nextStop()
    scheduler.play()
    expect(await stop).toEqual({ kind: 'failed', message: 'the engine broke' })
  })

  test('a column that cannot be had ends the run with the reason', async () => {
    for (const windowSteps of [0, 3]) {
      const session = new InstantSession(windowSteps)
      session.measure = () => Promise.reject(new Error('the solver broke'))
      const { scheduler, nextStop } = runScheduler(session)
      const stop = nextStop()
      scheduler.play()
      expect(await stop).toEqual({ kind: 'failed', message: 'the solver broke' })
    }
  })

  test('destroying stops without a report and frees the sessions', async () => {
    const session = new InstantSession()
    const { scheduler, nextStop } = runScheduler(session, { plannedSteps: 1_000_000, cadence: 'auto' })
    let reported = false
    void nextStop().then(() => (reported = true))
    scheduler.play()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await Promise.all([scheduler.destroy(), scheduler.destroy()])
    const stoppedAt = session.step
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(session.destroy).toHaveBeenCalledOnce()
    expect(session.step).toBe(stoppedAt)
    expect(reported).toBe(false)
  })
})
