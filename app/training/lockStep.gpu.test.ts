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
  /** At which step of the first one the last of them joins; by default all begin together. */
  readonly joinAt?: number
  /** At which step the last of them leaves; by default it stays. */
  readonly leaveAt?: number
}

/** Races them at full pace. @returns the numbers of all that are still there at the end. */
async function race({ documents, joinAt, leaveAt }: Race): Promise<readonly Numbers[]> {
  const sessions = await Promise.all(documents.map((document) => open(engine, specOf(document))))
  const losses = new Map<TrainingSession, number[]>(sessions.map((session) => [session, []]))
  const columns = new Map<TrainingSession, Measurement[]>(sessions.map((session) => [session, []]))
  const last = sessions.at(-1)!
  let resting = 0
  await new Promise<void>((resolve) => {
    const scheduler = new Scheduler(
      { plannedSteps: STEPS, pace: 'max', cadence: 50 },
      {
        onNews(news) {
          for (const [session, { records, columns: arrived }] of news) {
            losses.get(session)!.push(...records.flatMap(({ loss }) => [...loss]))
            columns.get(session)!.push(...arrived)
          }
          const { step } = sessions[0]!
          if (joinAt !== undefined && step >= joinAt && last.step === 0) scheduler.add(last)
          if (leaveAt !== undefined && step >= leaveAt) scheduler.remove(last)
        },
        onStop(_, reason) {
          expect(reason).toEqual({ kind: 'finished' })
          if (++resting === sessions.length - Number(leaveAt !== undefined)) resolve()
        },
      },
    )
    for (const session of joinAt === undefined ? sessions : sessions.slice(0, -1)) scheduler.add(session)
    scheduler.play()
  })
  const staying = leaveAt === undefined ? sessions : sessions.slice(0, -1)
  const numbers = await Promise.all(
    staying.map(async (session) => ({
      losses: losses.get(session)!,
      columns: columns
        .get(session)!
        .map(({ step, spectra }) => [step, spectra.flatMap(({ eigenvalues }) => [...eigenvalues])] as const),
      weights: flatten(await session.read()),
    })),
  )
  for (const session of staying) session.destroy()
  return numbers
}

describe('runs in lock-step', () => {
  let alone: Numbers

  beforeAll(async () => {
    alone = (await race({ documents: [{}] }))[0]!
    expect(alone.losses).toHaveLength(STEPS)
    expect(alone.columns.map(([step]) => step)).toEqual([0, 50, 100, 150, 200])
    expect(alone.weights.every(Number.isFinite)).toBe(true)
  })

  test('two that are identical stay identical to the bit for 200 steps', async () => {
    const [first, second] = await race({ documents: [{}, {}] })
    expect(second).toEqual(first)
    expect(first).toEqual(alone)
  })

  test('one has the numbers it has alone when three others race beside it', async () => {
    const [first, wider, otherBatches, same] = await race({ documents: [{}, WIDER, OTHER_BATCHES, {}] })
    expect(first).toEqual(alone)
    expect(same).toEqual(alone)
    expect(wider!.weights).not.toHaveLength(alone.weights.length)
    expect(otherBatches!.losses).not.toEqual(alone.losses)
  })

  test('one that leaves on the way changes no number of the others', async () => {
    const [first, second] = await race({ documents: [{}, WIDER, OTHER_BATCHES], leaveAt: 20 })
    expect(first).toEqual(alone)
    expect(second!.losses).toHaveLength(STEPS)
  })

  test('one that joins on the way catches up with the others and sees the batches they saw', async () => {
    const [first, , late] = await race({ documents: [{}, WIDER, {}], joinAt: 20 })
    expect(first).toEqual(alone)
    expect(late).toEqual(alone)
  })
})
