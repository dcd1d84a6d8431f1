import { describe, expect, test } from 'vitest'
import { learningRateFactor } from './schedule'
import type { ScheduleSpec } from './spec'

function factors(schedule: ScheduleSpec, updates: number, plannedSteps = updates): readonly number[] {
  return Array.from({ length: updates }, (_, done) => learningRateFactor(schedule, done, plannedSteps))
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 12)
}

test('a constant schedule leaves the rate alone', () => {
  expect(factors({ kind: 'constant', warmup: 0 }, 3)).toEqual([1, 1, 1])
})

test('steps reduce the rate as PyTorch’s StepLR(step_size=3, gamma=0.5) does', () => {
  expect(factors({ kind: 'step', warmup: 0, every: 3, factor: 0.5 }, 8)).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25])
})

test('the cosine falls as PyTorch’s CosineAnnealingLR(T_max=4, eta_min=0.2·rate) does and stays at its floor', () => {
  const expected = [1, 0.2 + 0.4 * (1 + Math.SQRT1_2), 0.6, 0.2 + 0.4 * (1 - Math.SQRT1_2), 0.2, 0.2, 0.2]
  expectClose(factors({ kind: 'cosine', warmup: 0, floor: 0.2 }, 7, 4), expected)
})

describe('warm-up', () => {
  test.each<ScheduleSpec>([
    { kind: 'constant', warmup: 4 },
    { kind: 'step', warmup: 4, every: 2, factor: 0.1 },
    { kind: 'cosine', warmup: 4, floor: 0 },
  ])('rises in equal steps to the full rate, then the schedule starts: $kind', (schedule) => {
    expectClose(factors(schedule, 5, 20), [0.25, 0.5, 0.75, 1, 1])
  })

  test('shifts the schedule by its length', () => {
    const after = factors({ kind: 'cosine', warmup: 5, floor: 0.1 }, 25).slice(5)
    expectClose(after, factors({ kind: 'cosine', warmup: 0, floor: 0.1 }, 20))
  })

  test('as long as the run leaves the floor for what is trained beyond it', () => {
    expectClose(factors({ kind: 'cosine', warmup: 3, floor: 0.1 }, 5, 3), [1 / 3, 2 / 3, 1, 0.1, 0.1])
  })
})
