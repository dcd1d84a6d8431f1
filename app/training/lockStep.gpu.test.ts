import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { openGpu } from '../gpu/device'
import { createGpuEngine, type GpuEngine } from './engine'
import { Scheduler } from './scheduler'
import type { Measurement, TrainingSession } from './session'
import { flatten, open, specOf } from './testing/smallRuns'

// What “side by side” promises: runs see the same batches at the same steps, and none of them can tell that there are
// others. Every number is compared bit by bit.

const STEPS = 200
const WIDER: ExperimentDocument = {
  layers: [
    { kind: 'dense', units: 33, activation: 'relu', dropout: 0.2 },
    { kind: 'dense', units: 3 },
  ],
}
const OTHER_BATCHES: ExperimentDocument = { training: { batchSize: 8, steps: STEPS } }

let engine: GpuEngine

beforeAll(async () => {
  engine = createGpuEngine(await openGpu())
})
afterAll(() => engine.close())

/** Everything a run is known by: the loss of each step, the spectra of each column, and the weights at the end. */
interface Numbers {
  readonly losses: readonly number[]
  readonly columns: readonly (readonly [step: number, eigenvalues: readonly number[]])[]
  readonly weights: readonly number[]
}

interface Race {
  readonly documents: readonly ExperimentDocument[]
  readonly cadence?: 'auto' | number
  /** When the first has this many updates queued the last of them joins; by default all begin together. */
  readonly joinAt?: number
  /** When the last has this many updates queued it leaves; by default it stays. */
  readonly leaveAt?: number
}

/** Does something as soon as a session has so many updates queued, while those are still under way. */
function whenQueued(session: TrainingSession, step: number, act: () => void): void {
  const advance = session.advance.bind(session)
  session.advance = (steps) => {
    const advancing = advance(steps)
    if (session.step >= step) {
      session.advance = advance
      act()
    }
    return advancing
  }
}

interface Outcome {
  /** The numbers of all that are still there at the end. */
  readonly runs: readonly Numbers[]
  /** Updates queued in each when the last one joined, or left. */
  readonly stepsThen: readonly number[]
}

/** Races them at full pace. */
async function race({ documents, cadence = 50, joinAt, leaveAt }: Race): Promise<Outcome> {
  const sessions = await Promise.all(documents.map((document) => open(engine, specOf(document))))
  const losses = new Map<TrainingSession, number[]>(sessions.map((session) => [session, []]))
  const columns = new Map<TrainingSession, Measurement[]>(sessions.map((session) => [session, []]))
  const last = sessions.at(-1)!
  let stepsThen: readonly number[] = []
  let resting = 0
  await new Promise<void>((resolve) => {
    const scheduler = new Scheduler(
      { plannedSteps: STEPS, pace: 'max', cadence },
      {
        onNews(news) {
          for (const [session, { records, columns: arrived }] of news) {
            losses.get(session)!.push(...records.flatMap(({ loss }) => [...loss]))
            columns.get(session)!.push(...arrived)
          }
        },
        onStop(_, reason) {
          expect(reason).toEqual({ kind: 'finished' })
          if (++resting === sessions.length - Number(leaveAt !== undefined)) resolve()
        },
      },
    )
    for (const session of joinAt === undefined ? sessions : sessions.slice(0, -1)) scheduler.add(session)
    const changeWith = (change: (session: TrainingSession) => void) => () => {
      stepsThen = sessions.map(({ step }) => step)
      change(last)
    }
    if (joinAt !== undefined)
      whenQueued(
        sessions[0]!,
        joinAt,
        changeWith((session) => scheduler.add(session)),
      )
    if (leaveAt !== undefined)
      whenQueued(
        last,
        leaveAt,
        changeWith((session) => scheduler.remove(session)),
      )
    scheduler.play()
  })
  const staying = leaveAt === undefined ? sessions : sessions.slice(0, -1)
  const runs = await Promise.all(
    staying.map(async (session) => ({
      losses: losses.get(session)!,
      columns: columns
        .get(session)!
        .map(({ step, spectra }) => [step, spectra.flatMap(({ eigenvalues }) => [...eigenvalues])] as const),
      weights: flatten(await session.read()),
    })),
  )
  for (const session of staying) session.destroy()
  return { runs, stepsThen }
}

describe('runs in lock-step', () => {
  let alone: Numbers

  beforeAll(async () => {
    alone = (await race({ documents: [{}] })).runs[0]!
    expect(alone.losses).toHaveLength(STEPS)
    expect(alone.columns.map(([step]) => step)).toEqual([0, 50, 100, 150, 200])
    expect(alone.weights.every(Number.isFinite)).toBe(true)
  })

  test('two that are identical stay identical to the bit for 200 steps', async () => {
    const [first, second] = (await race({ documents: [{}, {}] })).runs
    expect(second).toEqual(first)
    expect(first).toEqual(alone)
  })

  test('one has the numbers it has alone when three others race beside it', async () => {
    const { runs } = await race({ documents: [{}, WIDER, OTHER_BATCHES, {}] })
    const [first, wider, otherBatches, same] = runs
    expect(first).toEqual(alone)
    expect(same).toEqual(alone)
    expect(wider!.weights).not.toHaveLength(alone.weights.length)
    expect(otherBatches!.losses).not.toEqual(alone.losses)
  })

  test('one that leaves on the way changes no number of the others', async () => {
    const { runs, stepsThen } = await race({ documents: [{}, WIDER, OTHER_BATCHES], leaveAt: 60 })
    const [first, second] = runs
    const [leftAt] = stepsThen
    expect(leftAt).toBeGreaterThanOrEqual(60)
    expect(leftAt).toBeLessThan(STEPS)
    expect(stepsThen).toEqual([leftAt, leftAt, leftAt])
    expect(first).toEqual(alone)
    expect(second!.losses).toHaveLength(STEPS)
  })

  test('one that joins on the way catches up with the others and sees the batches they saw', async () => {
    const { runs, stepsThen } = await race({ documents: [{}, WIDER, {}], joinAt: 60 })
    const [first, , late] = runs
    expect(stepsThen[0]).toBeGreaterThanOrEqual(60)
    expect(stepsThen[0]).toBeLessThan(STEPS)
    expect(stepsThen[2]).toBe(0)
    expect(first).toEqual(alone)
    expect(late).toEqual(alone)
  })

  test('one that joins on the way has its columns, by an automatic cadence, at steps of the others', async () => {
    const { runs, stepsThen } = await race({ documents: [{}, {}], cadence: 'auto', joinAt: 100 })
    const [first, late] = runs
    expect(stepsThen[1]).toBe(0)
    const catchingUp = late!.columns.filter(([step]) => step <= stepsThen[0]!)
    expect(catchingUp[0]?.[0]).toBe(0)
    expect(first!.columns).toEqual(expect.arrayContaining(catchingUp))
    expect(late!.losses).toEqual(first!.losses)
  })
})
