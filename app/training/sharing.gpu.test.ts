import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExperimentDocument, ExperimentSpec } from '../experiment/spec'
import { openGpu } from '../gpu/device'
import { createGpuEngine, type GpuEngine } from './engine'
import { openSession } from './openSession'
import { columnOf, dataOf, flatten, losses, open, specOf } from './testing/smallRuns'

let engine: GpuEngine

beforeAll(async () => {
  engine = createGpuEngine(await openGpu())
})
afterAll(() => engine.close())

const WIDER: ExperimentDocument = { layers: [{ units: 21, activation: 'relu' }, { units: 3 }] }

/** Buffers of the samples and of the probe, and how many bytes they take. */
function uploads() {
  const labels = engine.gpu.ledger.byLabel()
  return ['samples', 'probe inputs', 'probe targets'].map((label) => labels.get(label))
}

describe('sessions on the same data', () => {
  test('share samples and probe, whatever their networks, until the last one ends', async () => {
    const before = engine.gpu.ledger.total()
    const spec = specOf({})
    const dataset = dataOf(spec)
    const first = await openSession(engine, spec, dataset)
    const alone = uploads()
    expect(alone.map((count) => count?.count)).toEqual([1, 1, 1])
    const second = await openSession(engine, specOf(WIDER), dataset)
    expect(uploads()).toEqual(alone)
    first.destroy()
    expect(uploads()).toEqual(alone)
    second.destroy()
    expect(engine.gpu.ledger.total()).toEqual(before)
  })

  test('do not where the data, the seed of the probe or its size differ', async () => {
    const spec = specOf({})
    const dataset = dataOf(spec)
    const sessions = [await openSession(engine, spec, dataset)]
    sessions.push(await openSession(engine, { ...spec, seed: 12 }, dataset))
    sessions.push(await openSession(engine, specOf({ monitor: { samples: 200, cadence: 50 } }), dataset))
    // Ten samples per feature of the widest layer.
    const widest = specOf({ layers: [{ units: 29, activation: 'relu' }, { units: 3 }] })
    sessions.push(await openSession(engine, widest, dataset))
    expect(uploads().map((count) => count?.count)).toEqual([1, 4, 4])
    sessions.push(await openSession(engine, spec, dataOf(spec)))
    expect(uploads().map((count) => count?.count)).toEqual([2, 5, 5])
    for (const session of sessions) session.destroy()
  })

  test('train and measure as they would alone, while others come and go', async () => {
    const spec = specOf({})
    const dataset = dataOf(spec)
    const lone = await open(engine, spec)
    await lone.advance(90)
    const expected = { losses: await losses(lone), column: await columnOf(lone), weights: flatten(await lone.read()) }
    lone.destroy()

    const session = await openSession(engine, spec, dataset)
    const neighbour = await openSession(engine, specOf(WIDER), dataset)
    await Promise.all([session.advance(30), neighbour.advance(30), neighbour.measure()])
    const busy = neighbour.advance(60)
    neighbour.destroy()
    await Promise.allSettled([busy])
    const twin = await openSession(engine, spec, dataset)
    await Promise.all([session.advance(60), twin.advance(90)])
    for (const { losses: seen, column, weights } of [
      { losses: await losses(session), column: await columnOf(session), weights: flatten(await session.read()) },
      { losses: await losses(twin), column: await columnOf(twin), weights: flatten(await twin.read()) },
    ]) {
      expect(seen).toEqual(expected.losses)
      expect(column).toEqual(expected.column)
      expect(weights).toEqual(expected.weights)
    }
    session.destroy()
    twin.destroy()
  })
})

test('sessions that share images see them as each of them draws, and what is measured as it is', async () => {
  const pictures = {
    data: { kind: 'digits', size: 8, samples: 150, classes: 3 },
    layers: [{ units: 9, activation: 'tanh' }, { units: 3 }],
  } as const
  const specs = [
    { crop: 0, flip: false },
    { crop: 2, flip: true },
  ].map((augmentation) => specOf({ ...pictures, training: { batchSize: 15, steps: 200, augmentation } }))
  const dataset = dataOf(specs[0]!)
  const trainAlone = async (spec: ExperimentSpec) => {
    const lone = await openSession(engine, spec, dataset)
    await lone.advance(30)
    const seen = await losses(lone)
    lone.destroy()
    return seen
  }
  const [plain, changed] = [await trainAlone(specs[0]!), await trainAlone(specs[1]!)]
  expect(changed).not.toEqual(plain)
  const sessions = await Promise.all(specs.map((spec) => openSession(engine, spec, dataset)))
  expect(uploads().map((count) => count?.count)).toEqual([1, 1, 1])
  // They begin with the same weights.
  expect(await columnOf(sessions[1]!)).toEqual(await columnOf(sessions[0]!))
  await Promise.all(sessions.map((session) => session.advance(30)))
  expect(await losses(sessions[0]!)).toEqual(plain)
  expect(await losses(sessions[1]!)).toEqual(changed)
  for (const session of sessions) session.destroy()
})

test('the clock of a session counts its own work alone', async () => {
  const spec = specOf({})
  const [busy, idle] = [await open(engine, spec), await open(engine, spec)]
  await busy.advance(50)
  await columnOf(busy)
  await busy.settle()
  expect(busy.clock.trainingMillis).toBeGreaterThan(0)
  expect(busy.clock.measuringMillis).toBeGreaterThan(0)
  expect(idle.clock).toEqual({ trainingMillis: 0, measuringMillis: 0 })
  const before = { ...busy.clock }
  await idle.advance(50)
  await columnOf(idle)
  await idle.settle()
  expect(idle.clock.trainingMillis).toBeGreaterThan(0)
  expect(busy.clock).toEqual(before)
  busy.destroy()
  idle.destroy()
})

test('samples and a probe that exceed one binding lie in several, and give the same', async () => {
  const limits = new Proxy(engine.gpu.limits, {
    get: (limits, name: keyof GPUSupportedLimits) => (name === 'maxStorageBufferBindingSize' ? 4_096 : limits[name]),
  })
  const narrow = createGpuEngine({ ...(await openGpu()), limits })
  const spec = specOf({})
  const [whole, pieces] = await Promise.all([open(engine, spec), open(narrow, spec)])
  expect(narrow.gpu.ledger.byLabel().get('samples')!.count).toBe(4)
  expect(narrow.gpu.ledger.byLabel().get('probe inputs')!.count).toBe(4)
  for (const session of [whole, pieces]) await session.advance(20)
  expect(flatten(await pieces.read())).toEqual(flatten(await whole.read()))
  const [measured, expected] = [await columnOf(pieces), await columnOf(whole)]
  expect(measured.deadUnits).toEqual(expected.deadUnits)
  expect(measured.heldOut!.accuracy).toBe(expected.heldOut!.accuracy)
  expect(measured.heldOut!.loss).toBeCloseTo(expected.heldOut!.loss, 5)
  measured.spectra.forEach(({ eigenvalues }, output) => {
    const exact = expected.spectra[output]!.eigenvalues
    eigenvalues.forEach((value, index) => expect(Math.abs(value - exact[index]!)).toBeLessThan(2e-6 * exact[0]!))
  })
  whole.destroy()
  pieces.destroy()
  narrow.close()
})
