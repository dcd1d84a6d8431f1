import { describe, expect, test } from 'vitest'
import { Cadence } from './cadence'
import { Pacer } from './pacer'

/** One column, at full pace, before anything was spent. */
const asked = {
  now: 0,
  pace: 'max',
  clock: { trainingMillis: 0, measuringMillis: 0 },
  columns: 1,
  isBehind: false,
} as const

describe('Pacer', () => {
  test('watch spreads the planned steps over a minute, whatever the rhythm of the asking', () => {
    const pacer = new Pacer('watch')
    let steps = 0
    for (let now = 0; now <= 60_000; now += 7 + (now % 5)) steps += pacer.stepsDue(now, 2_000)
    expect(Math.abs(steps - 2_000)).toBeLessThanOrEqual(2)
  })

  test.each([1, 10, 100, 2_000, 100_000, 1_000_000])(
    'watch takes a minute for %i steps when it rests as long as it says',
    (planned) => {
      const pacer = new Pacer('watch')
      let now = 0
      let steps = pacer.stepsDue(now, planned)
      let longest = 0
      while (steps < planned) {
        const rest = pacer.restMillis(planned)
        longest = Math.max(longest, rest)
        now += rest
        steps += pacer.stepsDue(now, planned)
      }
      expect(now).toBeGreaterThan(58_000)
      expect(now).toBeLessThan(61_000)
      expect(longest).toBeLessThanOrEqual(100)
    },
  )

  test('watch never asks for more steps at once than a pause may wait for', () => {
    const pacer = new Pacer('watch')
    for (let now = 0; now < 10_000; now += 250) expect(pacer.stepsDue(now, 1_000_000)).toBeLessThanOrEqual(32)
  })

  test('watch does not make up for a pause with a burst', () => {
    const pacer = new Pacer('watch')
    pacer.stepsDue(0, 6_000)
    expect(pacer.stepsDue(50_000, 6_000)).toBeLessThanOrEqual(25)
  })

  test('max asks for many steps at once', () => {
    expect(new Pacer('max').stepsDue(0, 10)).toBeGreaterThan(1)
  })
})

describe('Cadence', () => {
  test('a fixed cadence wants a column at exactly the multiples of the interval', () => {
    const cadence = new Cadence(10)
    const due = Array.from({ length: 31 }, (_, step) => step).filter((step) =>
      cadence.isDue(step, { ...asked, now: step }),
    )
    expect(due).toEqual([0, 10, 20, 30])
    expect(cadence.stepsUntilDue(7)).toBe(3)
    expect(cadence.stepsUntilDue(10)).toBe(10)
  })

  test('auto spends at most a tenth of the training time on measuring, once its first credit is used', () => {
    const cadence = new Cadence('auto')
    const clock = { trainingMillis: 0, measuringMillis: 0 }
    const columnMillis = 50
    for (let step = 0; clock.trainingMillis < 60_000; step++) {
      clock.trainingMillis += 5
      const now = clock.trainingMillis + clock.measuringMillis
      if (!cadence.isDue(step, { ...asked, now, clock })) continue
      cadence.begin(now)
      clock.measuringMillis += columnMillis
      cadence.finish(columnMillis, false)
    }
    expect(clock.measuringMillis / clock.trainingMillis).toBeLessThan(0.11)
    expect(clock.measuringMillis / clock.trainingMillis).toBeGreaterThan(0.09)
  })

  test('what a pause asks for is not taken from the budget of auto', () => {
    const cadence = new Cadence('auto')
    const clock = { trainingMillis: 10_000, measuringMillis: 5_000 }
    cadence.finish(5_000, false)
    cadence.finish(100, false)
    expect(cadence.isDue(1, { ...asked, clock })).toBe(false)
    cadence.finish(4_000, true)
    cadence.finish(100, false)
    expect(cadence.isDue(1, { ...asked, clock })).toBe(true)
  })

  test('auto gives at most ten columns a second however cheap they are', () => {
    const cadence = new Cadence('auto')
    let columns = 0
    for (let now = 0; now < 10_000; now++) {
      if (!cadence.isDue(now, { ...asked, now })) continue
      cadence.begin(now)
      columns++
    }
    expect(columns).toBe(100)
  })

  test('a run that catches up may have its columns closer', () => {
    const cadence = new Cadence('auto')
    cadence.begin(0)
    expect(cadence.isDue(1, { ...asked, now: 30 })).toBe(false)
    expect(cadence.isDue(1, { ...asked, now: 30, isBehind: true })).toBe(true)
    expect(cadence.isDue(1, { ...asked, now: 10, isBehind: true })).toBe(false)
  })

  test('the columns of several runs are paid for together', () => {
    const cadence = new Cadence('auto')
    cadence.finish(150, false)
    expect(cadence.isDue(1, { ...asked, columns: 2 })).toBe(true)
    expect(cadence.isDue(1, { ...asked, columns: 3 })).toBe(false)
  })

  test('at a watching pace the time that passes pays for more columns', () => {
    const clock = { trainingMillis: 100, measuringMillis: 1_000 }
    const cadence = new Cadence('auto')
    cadence.finish(100, false)
    cadence.passTime(10_000)
    expect(cadence.isDue(50, { ...asked, now: 10_000, clock })).toBe(false)
    expect(cadence.isDue(50, { ...asked, now: 10_000, clock, pace: 'watch' })).toBe(true)
  })
})
