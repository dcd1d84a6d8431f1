import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Scheduler, SchedulerOptions } from './scheduler'
import { InstantSession, runScheduler } from './schedulerTesting'

// Two curves can be compared where both have a value, so a run that joins later is measured where the others were.

/** At the watching pace one step in a millisecond, so that columns, ten a second, are a hundred steps apart. */
const WATCHED = { plannedSteps: 60_000, pace: 'watch', cadence: 'auto' } as const

const schedulers: Scheduler[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
})
afterEach(async () => {
  const ending = schedulers.splice(0).map((scheduler) => scheduler.destroy())
  await vi.advanceTimersByTimeAsync(1_000)
  await Promise.all(ending)
  vi.useRealTimers()
})

/** Begins to play. */
function play(first: InstantSession, options: SchedulerOptions = WATCHED, beside: InstantSession[] = []) {
  const race = runScheduler(first, options, beside)
  schedulers.push(race.scheduler)
  race.scheduler.play()
  return race
}

function openLate(windowSteps = 0): InstantSession {
  const late = new InstantSession(windowSteps)
  late.advanceMillis = 5
  return late
}

/** A run that has been alone for three seconds; a late one needs half a second to catch up with it. */
async function openRace({ windowSteps = 0, ...options }: Partial<SchedulerOptions> & { windowSteps?: number } = {}) {
  const ahead = new InstantSession(windowSteps)
  const race = play(ahead, { ...WATCHED, ...options })
  await vi.advanceTimersByTimeAsync(3_000)
  const untilCaughtUp = async (late: InstantSession): Promise<void> => {
    while (late.step < ahead.step) await vi.advanceTimersByTimeAsync(10)
    await vi.advanceTimersByTimeAsync(100)
  }
  return { ...race, ahead, untilCaughtUp }
}

function gaps(ascending: readonly number[]): readonly number[] {
  return ascending.slice(1).map((value, index) => value - ascending[index]!)
}

describe('a run that catches up with others', () => {
  test('is measured at steps at which they were, as finely as time allows, and then together with them', async () => {
    const { scheduler, columns, columnsOf, ahead, untilCaughtUp } = await openRace()
    const late = openLate()
    const joinedAt = ahead.step
    scheduler.add(late)
    await untilCaughtUp(late)
    const catchingUp = columnsOf(late).filter((step) => step <= joinedAt)
    expect(catchingUp[0]).toBe(0)
    expect(catchingUp.length).toBeGreaterThan(10)
    expect(columns).toEqual(expect.arrayContaining(catchingUp))
    expect(Math.min(...gaps(late.measuredAt))).toBeGreaterThanOrEqual(20)
    await vi.advanceTimersByTimeAsync(1_000)
    const together = columns.filter((step) => step > joinedAt)
    expect(together.length).toBeGreaterThan(5)
    expect(columnsOf(late).filter((step) => step > joinedAt)).toEqual(together)
  })

  test('leaves columns out where they would cost more than a tenth of the training', async () => {
    const { scheduler, columns, columnsOf, ahead, untilCaughtUp } = await openRace({ pace: 'max' })
    const late = openLate()
    late.advanceMillis = 1
    ahead.columnCost = late.columnCost = 2_000
    const joinedAt = ahead.step
    scheduler.add(late)
    await untilCaughtUp(late)
    const catchingUp = columnsOf(late).filter((step) => step <= joinedAt)
    expect(columns).toEqual(expect.arrayContaining(catchingUp))
    expect(catchingUp.length).toBeGreaterThan(2)
    expect(catchingUp.length).toBeLessThan(columns.length / 2)
    // The first column of a run is a gift, and what they cost is known from then on.
    const spent = ahead.clock.measuringMillis + late.clock.measuringMillis - 2 * late.columnCost
    expect(spent).toBeLessThanOrEqual(400 + 0.1 * (ahead.clock.trainingMillis + late.clock.trainingMillis))
  })

  test('with windows of training batches has them end where those of the others did', async () => {
    const { scheduler, columns, columnsOf, ahead, untilCaughtUp } = await openRace({ windowSteps: 7 })
    const late = openLate(7)
    const joinedAt = ahead.step
    scheduler.add(late)
    await untilCaughtUp(late)
    const catchingUp = columnsOf(late).filter((step) => step <= joinedAt)
    expect(catchingUp.length).toBeGreaterThan(10)
    expect(columns).toEqual(expect.arrayContaining(catchingUp))
  })

  test('is not measured where a pause stops it on the way', async () => {
    const { scheduler, columns, columnsOf, untilCaughtUp } = await openRace()
    const late = openLate()
    scheduler.add(late)
    await vi.advanceTimersByTimeAsync(107)
    const pausing = scheduler.pause()
    await vi.advanceTimersByTimeAsync(100)
    await pausing
    expect(columns).not.toContain(late.step)
    expect(columns).toEqual(expect.arrayContaining(columnsOf(late)))
    scheduler.play()
    await untilCaughtUp(late)
    expect(columns).toEqual(expect.arrayContaining(columnsOf(late)))
  })

  test('that begins at a measured step is measured there, and elsewhere first at the next measured step', async () => {
    const { scheduler, columns, columnsOf, ahead, untilCaughtUp } = await openRace()
    const [fork, between] = [openLate(), openLate()]
    fork.step = columns[10]!
    between.step = columns[5]! + 1
    ahead.columnCost = fork.columnCost = between.columnCost = 100_000
    scheduler.add(fork)
    scheduler.add(between)
    await untilCaughtUp(between)
    expect(columnsOf(fork)[0]).toBe(columns[10])
    expect(columnsOf(between)[0]).toBe(columns[6])
  })

  test('is measured at steps of its own before the first column of the others', async () => {
    const [fork, late] = [new InstantSession(), openLate()]
    fork.step = 1_000
    const { columns, columnsOf } = play(late, WATCHED, [fork])
    await vi.advanceTimersByTimeAsync(500)
    expect(columnsOf(fork)[0]).toBe(1_000)
    expect(columns[0]).toBe(0)
    expect(columns.filter((step) => step < 1_000).length).toBeGreaterThan(5)
  })

  test('is measured at steps of its own where the others have no column at all', async () => {
    const [broken, late] = [new InstantSession(), new InstantSession()]
    broken.step = 10_000
    broken.nonFinite = { step: 10_001, where: 'loss' }
    const { columns } = play(late, WATCHED, [broken])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(broken.columns).toBe(0)
    expect(columns.length).toBeGreaterThan(5)
  })

  test('keeps to the steps of those that stay when one of them leaves', async () => {
    const { scheduler, columns, columnsOf, ahead, untilCaughtUp } = await openRace()
    const [second, third] = [openLate(), openLate()]
    scheduler.add(second)
    await untilCaughtUp(second)
    const joinedAt = ahead.step
    scheduler.add(third)
    await vi.advanceTimersByTimeAsync(200)
    expect(third.step).toBeLessThan(joinedAt - 500)
    const leftAt = third.step
    scheduler.remove(ahead)
    await vi.advanceTimersByTimeAsync(1_000)
    const catchingUp = columnsOf(third).filter((step) => step <= joinedAt)
    expect(columns).toEqual(expect.arrayContaining(catchingUp.filter((step) => step <= leftAt)))
    const after = catchingUp.filter((step) => step > leftAt + 32)
    expect(after.length).toBeGreaterThan(3)
    expect(columnsOf(second)).toEqual(expect.arrayContaining(after))
  })

  test('goes its own way when nobody is ahead any more', async () => {
    const { scheduler, columns, columnsOf, ahead } = await openRace()
    const late = openLate()
    scheduler.add(late)
    await vi.advanceTimersByTimeAsync(200)
    const leftAt = late.step
    scheduler.remove(ahead)
    await vi.advanceTimersByTimeAsync(1_000)
    const own = columnsOf(late).filter((step) => step > leftAt)
    expect(own.length).toBeGreaterThan(5)
    expect(columns).not.toEqual(expect.arrayContaining(own))
  })
})

test('a run is measured where one that broke off ahead of it was', async () => {
  const broken = new InstantSession()
  broken.breakAt = 2_000
  const { scheduler, columns, columnsOf } = play(broken)
  await vi.advanceTimersByTimeAsync(3_000)
  const next = new InstantSession()
  scheduler.add(next)
  scheduler.play()
  await vi.advanceTimersByTimeAsync(3_000)
  const beside = columnsOf(next).filter((step) => step < broken.step)
  expect(beside.length).toBeGreaterThan(10)
  expect(columns).toEqual(expect.arrayContaining(beside))
  expect(columnsOf(next).filter((step) => step > broken.step).length).toBeGreaterThan(5)
})
