import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer, type BufferSlice } from '../gpu/buffers'
import { openGpu, type Gpu } from '../gpu/device'
import { submitPlan } from '../gpu/plan'
import { StagingRing } from '../gpu/readback'
import { describeSpectrum } from '../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import { cumulativeVariance } from '../metrics/varianceSums'
import { solveInline } from './eigenWorker'
import type { SolvedMatrix } from './jacobiBatch'
import { createJointBatch } from './jointBatch'
import { referenceSpectrum } from './reference/referenceSpectrum'
import { createSpectrumMeter, type MeterOptions, type SpectrumMeter } from './spectrumMeter'
import { padToQuads } from './testing/activations'
import { DELVE_CASES, type DelveCase } from './testing/delveCases'
import { randomNetworkActivations } from './testing/randomNetworks'

let gpu: Gpu
let scope: BufferScope

beforeAll(async () => {
  gpu = await openGpu()
  scope = new BufferScope(gpu)
})
afterAll(() => {
  scope.destroy()
  gpu.close()
})

interface Layer {
  readonly name: string
  readonly values: Float32Array
  readonly width: number
}

async function createMeter(layers: readonly Layer[], options: Partial<MeterOptions>): Promise<SpectrumMeter> {
  const outputs = layers.map(({ name, width }) => ({ name, width, positions: 1 }))
  return createSpectrumMeter(gpu, scope, outputs, {
    solver: 'jacobi',
    maximumSamples: 1024,
    solveSymmetric: solveInline,
    ...options,
  })
}

/** One measurement as a session takes it: reset, all rows of all outputs, solve, copy, decode. */
async function measure(meter: SpectrumMeter, layers: readonly Layer[], samples: number): Promise<MeasuredSpectrum[]> {
  submitPlan(gpu.device, meter.reset)
  layers.forEach(({ values, width }, output) => {
    const source = wholeBuffer(scope.storageWith('activations', padToQuads(values, samples, width)))
    submitPlan(gpu.device, meter.accumulate(output, source, samples))
  })
  return solveAndRead(meter, samples)
}

async function solveAndRead(meter: SpectrumMeter, samples: number): Promise<MeasuredSpectrum[]> {
  const [solved] = await solveTogether([meter])
  return meter.decode(await readAll(meter.results), solved!, samples)
}

/** Solves what the GPU solves of these meters in one batch; by meter. */
async function solveTogether(meters: readonly SpectrumMeter[]): Promise<readonly (readonly SolvedMatrix[])[]> {
  const members = meters.flatMap(({ jacobi }) => jacobi ?? [])
  if (members.length === 0) return meters.map(() => [])
  const batch = createJointBatch(gpu.ledger, scope, members)
  const encoder = gpu.device.createCommandEncoder()
  batch.bringIn(encoder)
  gpu.device.queue.submit([encoder.finish()])
  submitPlan(gpu.device, batch.plan)
  return batch.decode(await readAll(batch.results))
}

/** The slices one behind another. */
async function readAll(slices: readonly BufferSlice[]): Promise<ArrayBuffer> {
  const bytes = slices.reduce((sum, { size }) => sum + size, 0)
  const encoder = gpu.device.createCommandEncoder()
  const take = new StagingRing(scope, 'results', bytes, 1).copy(encoder, slices)
  gpu.device.queue.submit([encoder.finish()])
  return take()
}

const layerOf = ({ name, activations, features }: DelveCase): Layer => ({ name, values: activations, width: features })

describe.each([
  { solver: 'jacobi', covariance: 'direct' },
  { solver: 'reference', covariance: 'tiled' },
] as const)('Delve’s ten layers with $solver from $covariance covariances', (options) => {
  test('have its eigenvalues, counts and ranks', async () => {
    expect(DELVE_CASES).toHaveLength(10)
    for (const expected of DELVE_CASES) {
      const layers = [layerOf(expected)]
      const [measured] = await measure(await createMeter(layers, options), layers, expected.samples)
      const paper = describeSpectrum(measured!, expected.features, { threshold: 0.99, convention: 'paper' })
      const delve = describeSpectrum(measured!, expected.features, { threshold: 0.99, convention: 'delve' })
      const { name } = expected
      expect(paper.state, name).toBe(expected.ranks ? 'ok' : 'dead')
      expect(paper.solver, name).toBe(options.solver)
      expected.eigenvalues.forEach((eigenvalue, i) => {
        expect(Math.abs(paper.eigenvalues[i]! - eigenvalue), name).toBeLessThanOrEqual(2e-6 * expected.eigenvalues[0]!)
      })
      expect(paper.intrinsicDimension, name).toBe(expected.paperDimension)
      expect(delve.intrinsicDimension, name).toBe(expected.delveDimension)
      if (!expected.ranks) continue
      expect(paper.effectiveRank / expected.ranks.effective, name).toBeCloseTo(1, 5)
      expect(paper.participationRatio / expected.ranks.participation, name).toBeCloseTo(1, 5)
      expect(paper.stableRank / expected.ranks.stable, name).toBeCloseTo(1, 5)
    }
  })
})

describe('saturation of random networks', () => {
  test('equals the float64 twin’s in 200 networks with means up to 300 deviations from zero', async () => {
    const samples = 200
    const layers = Array.from({ length: 200 }, (_, seed) => {
      const { values, features } = randomNetworkActivations(seed + 1, samples)
      return { name: `network ${seed}`, values, width: features }
    })
    const measured = await measure(await createMeter(layers, {}), layers, samples)
    let exact = 0
    layers.forEach(({ name, values, width }, index) => {
      const twin = referenceSpectrum(values, samples, width)
      for (const threshold of [0.9, 0.99]) {
        const options = { threshold, convention: 'paper' } as const
        const expected = describeSpectrum(twin, width, options)
        const actual = describeSpectrum(measured[index]!, width, options)
        const sums = cumulativeVariance(twin)
        const margin = Math.min(...sums.map((sum) => Math.abs(sum / sums[width - 1]! - threshold)))
        const difference = Math.abs(actual.intrinsicDimension - expected.intrinsicDimension)
        expect(difference, name).toBeLessThanOrEqual(margin >= 1e-4 ? 0 : 1)
        if (margin >= 1e-4) exact++
        if (difference === 0) expect(actual.saturation).toBe(expected.saturation)
      }
    })
    expect(exact).toBeGreaterThan(360)
  })
})

describe('a meter', () => {
  const samples = 130
  const layers = [5, 40, 16, 90].map((width, seed) => ({
    name: `hidden ${seed + 1}`,
    width,
    values: Float32Array.from({ length: samples * width }, (_, index) => Math.sin(index * (seed + 1.3)) + seed),
  }))

  test('sends orders that Jacobi does not take elsewhere, and says which solver did what', async () => {
    const auto = await createMeter(layers, { solver: 'auto' })
    const here = gpu.software
      ? { covariance: 'direct', 'spectrum of hidden 2': 'reference' }
      : { covariance: 'tiled', 'spectrum of hidden 2': 'jacobi' }
    expect(auto.variants).toMatchObject(here)
    expect(auto.jacobi === undefined).toBe(gpu.software)
    const [first] = await measure(auto, layers, samples)
    const twin = referenceSpectrum(layers[0]!.values, samples, 5)
    twin.eigenvalues.forEach((value, i) => {
      expect(Math.abs(first!.eigenvalues[i]! - value)).toBeLessThanOrEqual(2e-6 * twin.eigenvalues[0]!)
    })
    const wide = [{ name: 'too wide', width: 200, positions: 1 }]
    const options = { solver: 'jacobi', maximumSamples: 8, solveSymmetric: solveInline } as const
    await expect(createSpectrumMeter(gpu, scope, wide, options)).rejects.toMatchObject({
      fault: 'order-too-large',
      message: expect.stringContaining('“too wide” has order 200') as string,
    })
  })

  test('gives the same bits in every measurement, and each output the same as alone', async () => {
    const small = layers.slice(0, 3)
    const meter = await createMeter(small, {})
    const first = await measure(meter, small, samples)
    expect(await measure(meter, small, samples)).toEqual(first)
    for (const [output, layer] of small.entries()) {
      expect(await measure(await createMeter([layer], {}), [layer], samples)).toEqual([first[output]])
    }
  })

  test('has the same bits solved with those of others, of other orders, as alone', async () => {
    const sets = [layers.slice(0, 1), layers.slice(1, 3), layers.slice(2, 3)]
    const meters = await Promise.all(sets.map((set) => createMeter(set, {})))
    const alone = []
    for (const [index, meter] of meters.entries()) alone.push(await measure(meter, sets[index]!, samples))
    const together = await solveTogether(meters)
    for (const [index, meter] of meters.entries()) {
      expect(await meter.decode(new ArrayBuffer(0), together[index]!, samples)).toEqual(alone[index])
    }
  })

  test('takes a window in batches of any size', async () => {
    const layer = layers[1]!
    const meter = await createMeter([layer], {})
    const source = wholeBuffer(scope.storageWith('activations', padToQuads(layer.values, samples, layer.width)))
    const rest = wholeBuffer(
      scope.storageWith('rest', padToQuads(layer.values.subarray(100 * layer.width), 30, layer.width)),
    )
    submitPlan(gpu.device, [...meter.reset, ...meter.accumulate(0, source, 100), ...meter.accumulate(0, rest, 30)])
    const [measured] = await solveAndRead(meter, samples)
    const twin = referenceSpectrum(layer.values, samples, layer.width)
    twin.eigenvalues.forEach((value, i) => {
      expect(Math.abs(measured!.eigenvalues[i]! - value)).toBeLessThanOrEqual(2e-6 * twin.eigenvalues[0]!)
    })
  })

  test('calls activations with a NaN, or too large for f32 variances, non-finite', async () => {
    for (const [solver, fault] of [
      ['jacobi', Number.NaN],
      ['jacobi', 1e30],
      ['reference', Infinity],
    ] as const) {
      const values = layers[2]!.values.slice()
      values[37] = fault
      const broken = [layers[0]!, { ...layers[2]!, values }]
      const [fine, measured] = await measure(await createMeter(broken, { solver }), broken, samples)
      expect(fine!.state).toBe('ok')
      expect(measured!.state).toBe('non-finite')
      expect(measured!.eigenvalues).toEqual(new Float32Array(16))
    }
  })
})
