import { describe, expect, test } from 'vitest'
import type { ExperimentDocument } from '../../experiment/spec'
import { openEngine } from '../engine'
import { openSession } from '../openSession'
import { dataOf, flatten, SMALL, specOf } from '../testing/smallRuns'
import { measureLinearProbes, type LinearProbesOptions } from './linearProbes'

const CONVOLUTIONS: ExperimentDocument = {
  data: { kind: 'digits', size: 8, samples: 400, classes: 4, noise: 0.2, heldOut: 0.5 },
  layers: [
    { kind: 'conv', channels: 4, kernel: 3, activation: 'relu' },
    { kind: 'maxPool' },
    { kind: 'conv', channels: 6, kernel: 3, activation: 'relu' },
    { kind: 'globalAveragePool' },
    { kind: 'dense', units: 4 },
  ],
  training: { batchSize: 16, steps: 200 },
  optimizer: { kind: 'adam', learningRate: 0.01 },
  monitor: { samples: 200, output: 'post' },
}

async function openReference(document: ExperimentDocument) {
  const spec = specOf(document)
  const dataset = dataOf(spec)
  const session = await openSession(await openEngine('reference'), spec, dataset)
  const probe = (options: Partial<LinearProbesOptions> = {}) =>
    measureLinearProbes(session, dataset, { seed: spec.seed, ...options })
  return { session, probe }
}

describe('linear probes', () => {
  test('on the last hidden layer of a trained network know about as much as the network', async () => {
    const { session, probe } = await openReference({ monitor: { samples: 256, output: 'post' } })
    await session.advance(200)
    const column = await session.measure()
    const { step, accuracy, chance } = await probe()
    expect(step).toBe(200)
    expect(accuracy).toHaveLength(3)
    const network = column!.heldOut!.accuracy
    expect(network).toBeGreaterThan(chance + 0.3)
    expect(Math.abs(accuracy[1]! - network)).toBeLessThan(0.07)
    // The probe on the output sees what the network itself decides by.
    expect(Math.abs(accuracy[2]! - network)).toBeLessThan(0.07)
  })

  test('on a trained network of convolutions know more with depth, and more than before training', async () => {
    const { session, probe } = await openReference(CONVOLUTIONS)
    const before = await probe()
    await session.advance(150)
    const after = await probe()
    expect([before.step, after.step]).toEqual([0, 150])
    expect(after.accuracy[1]).toBeGreaterThan(0.9)
    expect(after.accuracy[2]!).toBeGreaterThan(before.accuracy[2]!)
    expect(after).toMatchObject({ trainingSamples: 200, heldOutSamples: 200 })
    expect(after.chance).toBeLessThan(0.4)
  })

  test('come out the same each time, leave training as it was and are of the step they were asked for at', async () => {
    const undisturbed = await openReference({})
    await undisturbed.session.advance(60)
    const { session, probe } = await openReference({})
    await session.advance(40)
    const alone = await probe()
    const [besideTraining] = await Promise.all([probe(), session.advance(20)])
    expect(besideTraining).toEqual(alone)
    expect(flatten(await session.read())).toEqual(flatten(await undisturbed.session.read()))
  })

  test('tell how far they are, up to the end', async () => {
    const { probe } = await openReference({})
    const told: number[] = []
    await probe({ onProgress: (fraction) => told.push(fraction) })
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    expect(told.length).toBeGreaterThan(4)
    expect(told.at(-1)).toBe(1)
  })

  test('are refused by name where there are no classes or nothing is held out', async () => {
    const regression = await openReference({
      data: { kind: 'plane', samples: 200 },
      layers: [{ kind: 'dense', units: 5 }, { kind: 'dense' }],
      loss: { kind: 'meanSquaredError' },
    })
    await expect(regression.probe()).rejects.toMatchObject({ name: 'NoLinearProbes', reason: 'regression' })
    const whole = await openReference({ data: { ...SMALL.data, heldOut: 0 } })
    await expect(whole.probe()).rejects.toMatchObject({ name: 'NoLinearProbes', reason: 'nothing-held-out' })
  })

  test('stop when they are cancelled, before and while they are measured, and when the run ends', async () => {
    const { session, probe } = await openReference({})
    await expect(probe({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    const controller = new AbortController()
    const cancelled = probe({ signal: controller.signal, onProgress: () => controller.abort() })
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
    const ended = probe({ onProgress: () => session.destroy() })
    await expect(ended).rejects.toThrow('the session was ended')
  })
})
