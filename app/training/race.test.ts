import { describe, expect, test, vi } from 'vitest'
import { InstantSession, runScheduler } from './schedulerTesting'

describe('sessions that race', () => {
  test('advances all sessions in lock-step', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    const { scheduler, nextStop } = runScheduler(first, {}, [second])
    const stop = nextStop()
    scheduler.play()
    await stop
    expect(second.step).toBe(first.step)
    expect(second.columns).toBe(first.columns)
  })

  test('a session that joins catches up while the others wait, and then all go on together', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    const { scheduler, nextStop } = runScheduler(first, { plannedSteps: 1_000_000, cadence: 'auto' })
    scheduler.play()
    await vi.waitFor(() => expect(first.step).toBeGreaterThan(100))
    scheduler.add(second)
    const asked: number[] = []
    const advance = second.advance.bind(second)
    second.advance = (steps) => {
      if (second.step < first.step) asked.push(first.step)
      return advance(steps)
    }
    await vi.waitFor(() => expect(second.step).toBe(first.step))
    expect(new Set(asked).size).toBeLessThanOrEqual(2)
    const stop = nextStop()
    await scheduler.pause()
    expect(await stop).toEqual({ kind: 'paused' })
    expect(second.step).toBe(first.step)
  })

  test('a session that joins a race at rest catches up and rests with the others', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    const { scheduler, nextStop, stops } = runScheduler(first, { plannedSteps: 1_000 })
    for (let step = 0; step < 3; step++) await scheduler.singleStep()
    const stop = nextStop()
    scheduler.add(second)
    expect(await stop).toEqual({ kind: 'paused' })
    expect([first.step, second.step]).toEqual([3, 3])
    expect(stops.at(-1)).toEqual([second, { kind: 'paused' }])
    expect(scheduler.playing).toBe(false)
  })

  test('a session that joins a finished race finishes, too', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    const { scheduler, nextStop, stops } = runScheduler(first)
    const stop = nextStop()
    scheduler.play()
    await stop
    const again = nextStop()
    scheduler.add(second)
    expect(await again).toEqual({ kind: 'finished' })
    expect(second.step).toBe(100)
    expect(second.columns).toBe(first.columns)
    expect(stops.at(-1)).toEqual([second, { kind: 'finished' }])
  })

  test('one that leaves is freed and disturbs nobody, even where the engine refuses it then', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    const { scheduler, nextStop, stops } = runScheduler(first, { plannedSteps: 2_000, cadence: 'auto' }, [second])
    const stop = nextStop()
    scheduler.play()
    await vi.waitFor(() => expect(second.step).toBeGreaterThan(30))
    second.failAt = 0
    second.measure = () => Promise.reject(new Error('the session was ended'))
    scheduler.remove(second)
    expect(await stop).toEqual({ kind: 'finished' })
    expect(second.destroy).toHaveBeenCalledOnce()
    expect(stops).toEqual([[first, { kind: 'finished' }]])
  })

  test('where one breaks off, it says so at once and the others go on to the end', async () => {
    const [first, second] = [new InstantSession(), new InstantSession()]
    second.breakAt = 40
    const { scheduler, nextStop, stops } = runScheduler(first, {}, [second])
    const stop = nextStop()
    scheduler.play()
    expect(await stop).toEqual({ kind: 'finished' })
    const fault = { kind: 'non-finite', fault: { step: 40, where: 'hidden 1' } }
    await vi.waitFor(() => expect(stops).toHaveLength(3))
    expect(stops).toEqual([
      [second, fault],
      [first, { kind: 'finished' }],
      [second, fault],
    ])
    expect([first.step, second.step]).toEqual([100, 40])
  })
})
