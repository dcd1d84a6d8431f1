import { describe, expect, test } from 'vitest'
import { Lane } from './lane'
import { InstantSession } from './schedulerTesting'
import { findsItsLike, stepsToLike } from './sharedColumns'

/** A lane that has come to `step` with columns at these steps. */
function laneAt(step: number, columnSteps: readonly number[] = []): Lane {
  const session = new InstantSession()
  const lane = new Lane(session, false)
  for (const columnStep of columnSteps) {
    session.step = columnStep
    lane.beginColumn(() => {})
  }
  session.step = step
  return lane
}

describe('columns that find their like', () => {
  const ahead = laneAt(100, [20, 30, 47, 90])

  test.each([
    [0, true],
    [19, true],
    [20, true],
    [21, false],
    [47, true],
    [89, false],
    [90, true],
    [95, false],
    [100, true],
    [101, true],
  ])('at step %i beside a run that has some from step 20 to step 90 and is at step 100: %s', (step, finds) => {
    expect(findsItsLike(laneAt(step), [ahead])).toBe(finds)
  })

  test('every step will do beside runs without columns', () => {
    expect(findsItsLike(laneAt(5), [laneAt(100)])).toBe(true)
    expect(findsItsLike(laneAt(5), [laneAt(100), ahead])).toBe(true)
    expect(findsItsLike(laneAt(50), [laneAt(100), ahead])).toBe(false)
  })

  test.each([
    [0, 20],
    [20, 10],
    [29, 1],
    [47, Infinity],
    [60, 30],
    [95, Infinity],
  ])('from step %i the next is %d steps away, as far as one can see', (step, away) => {
    expect(stepsToLike(laneAt(step), [ahead])).toBe(away)
  })

  test('of steps within reach the first that most have in common is taken', () => {
    const others = [ahead, laneAt(100, [25, 30, 47]), laneAt(100, [26, 29])]
    expect(stepsToLike(laneAt(19), others)).toBe(11)
    expect(stepsToLike(laneAt(30), others)).toBe(17)
    expect(stepsToLike(laneAt(19), [laneAt(100, [26, 29])])).toBe(7)
  })

  test('a run behind, or at the same step, has nothing to follow', () => {
    expect(stepsToLike(laneAt(100), [ahead, laneAt(50, [0, 20])])).toBe(Infinity)
  })
})
