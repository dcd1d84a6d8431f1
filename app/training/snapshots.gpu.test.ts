import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEngine, type Engine } from './engine'
import { flatten, open, SMALL, specOf } from './testing/smallRuns'

let gpu: Engine
let reference: Engine

beforeAll(async () => {
  gpu = await openEngine('gpu')
  reference = await openEngine('reference')
})
afterAll(() => gpu.close())

const engines = () => [gpu, reference]
const SPEC = specOf({})
const INPUTS = Float32Array.from({ length: 9 * 7 }, (_, index) => Math.sin(index))

/** Weights and predictions of an undisturbed run after each of these steps. */
async function course(engine: Engine, steps: readonly number[]) {
  const session = await open(engine, SPEC)
  const weights: number[][] = []
  const predictions: Float32Array[] = []
  for (const step of steps) {
    await session.advance(step - session.step)
    weights.push(flatten(await session.read()))
    predictions.push(await session.predict(INPUTS, 7))
  }
  session.destroy()
  return { weights, predictions }
}

describe('snapshots', () => {
  test('are the weights of their step, taken without a wait, and leave training as it was', async () => {
    const steps = [0, 3, 20, 60]
    for (const engine of engines()) {
      const expected = await course(engine, [...steps, 100])
      const session = await open(engine, SPEC)
      for (const [index, step] of steps.entries()) {
        session.snapshot()
        await session.advance((steps[index + 1] ?? 100) - step)
      }
      expect(session.snapshots.map(({ step }) => step)).toEqual(steps)
      for (const [index, step] of steps.entries()) {
        for (const asked of [step, (steps[index + 1] ?? 100) - 1]) {
          const snapshot = await session.readSnapshot(asked)
          expect(snapshot.step).toBe(step)
          expect(flatten(snapshot.parameters)).toEqual(expected.weights[index])
        }
      }
      expect(flatten(await session.read())).toEqual(expected.weights.at(-1))
      session.destroy()
    }
  })

  test('predict as the network did then, also while training goes on', async () => {
    const steps = [4, 9, 30]
    for (const engine of engines()) {
      const expected = await course(engine, [...steps, 80])
      // Room for one on the GPU: the others are in memory.
      const session = await open(engine, SPEC, undefined, 2_000)
      for (const step of steps) {
        await session.advance(step - session.step)
        session.snapshot()
      }
      const training = session.advance(80 - session.step)
      const past = await Promise.all([30, 11, 4].map((step) => session.predict(INPUTS, 7, step)))
      await training
      expect(past).toEqual([expected.predictions[2], expected.predictions[1], expected.predictions[0]])
      expect(await session.predict(INPUTS, 7)).toEqual(expected.predictions[3])
      expect(flatten(await session.read())).toEqual(expected.weights[3])
      session.destroy()
    }
  })

  test('beyond the budget lie in memory, and are never more than 32', async () => {
    const steps = Array.from({ length: 50 }, (_, step) => step)
    const expected = await course(gpu, steps)
    for (const engine of engines()) {
      const whole = await open(engine, SPEC)
      whole.snapshot()
      const { bytesOnGpu, bytesInMemory } = whole.snapshotUse
      const bytes = bytesOnGpu + bytesInMemory
      const budget = Math.floor(3.5 * bytes)
      const onGpu = engine === gpu ? 3 : 0
      const session = await open(engine, SPEC, undefined, budget)
      for (const step of steps) {
        await session.advance(step - session.step)
        session.snapshot()
        expect(session.snapshots[0]!.step).toBe(0)
        expect(session.snapshots.at(-1)!.step).toBe(step)
      }
      await Promise.all(session.snapshots.map(({ step }) => session.readSnapshot(step)))
      expect(session.snapshots).toHaveLength(32)
      const use = session.snapshotUse
      expect(use).toMatchObject({ count: 32, bytesOnGpu: onGpu * bytes, budget })
      expect(use.bytesInMemory).toBeGreaterThanOrEqual((32 - onGpu) * bytes)
      if (engine === gpu) {
        for (const { step } of session.snapshots) {
          expect(flatten((await session.readSnapshot(step)).parameters), `step ${step}`).toEqual(expected.weights[step])
        }
      }
      whole.destroy()
      session.destroy()
    }
  })

  test('asked for before their buffer takes newer weights still arrive as they were', async () => {
    const steps = Array.from({ length: 40 }, (_, step) => step)
    const expected = await course(gpu, steps)
    const session = await open(gpu, SPEC)
    const asked = []
    for (const step of steps) {
      await session.advance(step - session.step)
      session.snapshot()
      if (step < 32) asked.push(session.readSnapshot(step), session.predict(INPUTS, 7, step))
    }
    const arrived = await Promise.all(asked)
    for (const answer of arrived) {
      if (answer instanceof Float32Array) continue
      expect(flatten(answer.parameters)).toEqual(expected.weights[answer.step])
    }
    session.destroy()
  })

  test('of steps that were refused are forgotten', async () => {
    const layers = SMALL.layers.map((layer, index) => (index < 2 ? { ...layer, activation: 'relu' as const } : layer))
    const spec = specOf({ layers, loss: { kind: 'meanSquaredError' }, optimizer: { kind: 'sgd', learningRate: 1e6 } })
    for (const engine of engines()) {
      const session = await open(engine, spec)
      session.snapshot()
      await session.advance(50)
      session.snapshot()
      await session.settle()
      const last = session.nonFinite!.step - 1
      expect(session.snapshots.every(({ step }) => step <= last)).toBe(true)
      session.snapshot()
      const { step, parameters } = await session.readSnapshot(50)
      expect(step).toBe(last)
      expect(flatten(parameters)).toEqual(flatten(await session.read()))
      session.destroy()
    }
  })

  test('that do not exist are refused with the step', async () => {
    for (const engine of engines()) {
      const session = await open(engine, SPEC)
      await session.advance(2)
      session.snapshot()
      await expect(session.readSnapshot(1)).rejects.toThrow('no weights were kept at or before step 1')
      await expect(session.predict(INPUTS, 7, 1)).rejects.toThrow('no weights were kept at or before step 1')
      expect(await session.predict(INPUTS, 7)).toHaveLength(21)
      session.destroy()
    }
  })

  test('go with their session, those on their way, too', async () => {
    if (gpu.kind !== 'gpu') throw new Error('this test needs the GPU engine')
    const { ledger, device, onUncapturedError } = gpu.gpu
    const complaints: string[] = []
    gpu.gpu.onUncapturedError = ({ message }) => complaints.push(message)
    const before = ledger.total()
    const session = await open(gpu, SPEC, undefined, 4_000)
    await session.advance(1)
    for (let count = 0; count < 5; count++) {
      await session.advance(1)
      session.snapshot()
    }
    const underWay = [session.readSnapshot(3), session.predict(INPUTS, 7, 2), session.read()]
    session.destroy()
    session.snapshot()
    const outcomes = await Promise.allSettled([...underWay, session.readSnapshot(3)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
    await device.queue.onSubmittedWorkDone()
    expect(complaints).toEqual([])
    expect(ledger.total()).toEqual(before)
    gpu.gpu.onUncapturedError = onUncapturedError
  })
})
