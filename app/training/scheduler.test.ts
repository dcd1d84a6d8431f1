import { describe, expect, test } from 'vitest'
import { InstantSession, runScheduler } from './schedulerTesting'

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

  test('weights at rest are measured once more when sampled otherwise, and no more often', async () => {
    const session = new InstantSession()
    const { scheduler, columns, nextStop } = runScheduler(session, { plannedSteps: 20 })
    const stop = nextStop()
    scheduler.play()
    await stop
    await scheduler.remeasure()
    expect(columns).toEqual([0, 10, 20])
    session.sampling = 'median'
    await scheduler.remeasure()
    expect(columns).toEqual([0, 10, 20, 20])
    expect(scheduler.playing).toBe(false)
    const again = nextStop()
    scheduler.extend(30)
    expect(await again).toEqual({ kind: 'finished' })
    expect(columns).toEqual([0, 10, 20, 20, 30])
  })

  test('while it plays the next column comes at once when maps are sampled otherwise', async () => {
    const session = new InstantSession()
    const { scheduler, columns } = runScheduler(session, { plannedSteps: 1_000_000, cadence: 900_000 })
    scheduler.play()
    await new Promise((resolve) => setTimeout(resolve, 30))
    session.sampling = 'max'
    await scheduler.remeasure()
    await new Promise((resolve) => setTimeout(resolve, 30))
    const { step } = session
    await scheduler.pause()
    const [first, second] = columns
    expect(first).toBe(0)
    expect(second).toBeGreaterThan(0)
    expect(second).toBeLessThanOrEqual(step)
    await scheduler.destroy()
  })

  test('a step asked for together with another sampling is made and measured so', async () => {
    const session = new InstantSession()
    const { scheduler, columns } = runScheduler(session)
    session.sampling = 'mean'
    await Promise.all([scheduler.remeasure(), scheduler.singleStep()])
    expect(session.step).toBe(1)
    expect(columns.at(-1)).toBe(1)
    await scheduler.singleStep()
    expect(columns.at(-1)).toBe(2)
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

  test('extending while the end is settled plays on', async () => {
    const session = new InstantSession()
    const { scheduler, nextStop } = runScheduler(session, { plannedSteps: 10 })
    let extended = false
    session.settle = async () => {
      if (extended) return
      extended = true
      scheduler.extend(25)
    }
    const first = nextStop()
    scheduler.play()
    await first
    await nextStop()
    expect(session.step).toBe(25)
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
