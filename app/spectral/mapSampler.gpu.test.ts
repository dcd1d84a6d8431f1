import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../gpu/buffers'
import { openGpu, type Gpu } from '../gpu/device'
import { submitPlan } from '../gpu/plan'
import { readSlice } from '../gpu/readback'
import { describeSpectrum } from '../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import { solveInline } from './eigenWorker'
import { createMapSampler } from './mapSampler'
import { referenceSpectrum } from './reference/referenceSpectrum'
import { sampleMaps } from './reference/sampleMaps'
import { sampledShape, type FeatureMaps, type Sampling } from './sampling'
import { createSpectrumMeter } from './spectrumMeter'
import { padToQuads } from './testing/activations'
import { DELVE_CASES } from './testing/delveCases'
import { randomMaps } from './testing/featureMaps'

let gpu: Gpu

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** What a session does for each output, of maps that come in two parts. */
async function measure(
  sampling: Sampling,
  values: Float32Array,
  samples: number,
  maps: FeatureMaps,
): Promise<MeasuredSpectrum> {
  const scope = new BufferScope(gpu)
  const { channels, positions } = maps
  const half = Math.ceil(samples / 2)
  const sampler = await createMapSampler(gpu, scope, [maps], { sampling, maximumSamples: half })
  const outputs = [{ name: 'conv 1', ...sampledShape(sampling, maps) }]
  const options = { solver: 'reference', maximumSamples: half, solveSymmetric: solveInline } as const
  const meter = await createSpectrumMeter(gpu, scope, outputs, options)
  submitPlan(gpu.device, meter.reset)
  for (const [first, count] of [
    [0, half],
    [half, samples - half],
  ] as const) {
    const part = values.subarray(first * positions * channels, (first + count) * positions * channels)
    const source = wholeBuffer(scope.storageWith('maps', padToQuads(part, count * positions, channels)))
    const sampled = sampler.sample(0, source, count)
    submitPlan(gpu.device, [...sampled.plan, ...meter.accumulate(0, sampled.source, sampled.rows)])
  }
  const [spectrum] = await meter.decode(await readSlice(gpu, meter.results[0]!), [], samples)
  scope.destroy()
  return spectrum!
}

const PAPER = { threshold: 0.99, convention: 'paper' } as const

describe('feature maps that Delve measured', () => {
  const { activations, samples, positions, features, ...delve } = DELVE_CASES.find((one) => one.positions > 1)!
  const maps = { channels: features, positions }
  const images = samples / positions

  test('have its eigenvalues and count where every position is a sample', async () => {
    const measured = await measure('channelwise', activations, images, maps)
    expect([measured.samples, measured.images]).toEqual([600, 24])
    delve.eigenvalues.forEach((eigenvalue, at) => {
      expect(Math.abs(measured.eigenvalues[at]! - eigenvalue)).toBeLessThanOrEqual(2e-6 * delve.eigenvalues[0]!)
    })
    const width = maps.channels
    expect(describeSpectrum(measured, width, PAPER).intrinsicDimension).toBe(delve.paperDimension)
    const shipped = describeSpectrum(measured, width, { ...PAPER, convention: 'delve' })
    expect(shipped.intrinsicDimension).toBe(delve.delveDimension)
    expect(shipped.provisional).toBe(true)
  })

  test.each(['mean', 'max', 'median', 'flatten'] as const)('have those of the twin sampled %s', async (sampling) => {
    await expectTwin(sampling, activations, images, maps)
  })
})

test.each(['channelwise', 'mean', 'max', 'median', 'flatten'] as const)(
  'awkward feature maps have the spectrum of the twin sampled %s',
  async (sampling) => {
    for (const maps of [
      { channels: 1, positions: 64 },
      { channels: 3, positions: 35 },
      { channels: 16, positions: 4 },
      { channels: 17, positions: 1 },
    ]) {
      // Of many equal numbers the rounding errors of a long sum all have one sign.
      const values = randomMaps({ rows: 70, ...maps }).map((value, at) => value + Math.sin(at) / 4)
      await expectTwin(sampling, values, 70, maps)
    }
  },
)

async function expectTwin(sampling: Sampling, values: Float32Array, samples: number, maps: FeatureMaps): Promise<void> {
  const measured = await measure(sampling, values, samples, maps)
  const { rows, columns, values: sampled } = sampleMaps(sampling, values, samples, maps)
  const twin = referenceSpectrum(sampled, rows, columns)
  const name = `${maps.positions} × ${maps.channels}`
  expect([measured.samples, measured.state, measured.eigenvalues.length], name).toEqual([rows, 'ok', columns])
  twin.eigenvalues.forEach((eigenvalue, at) => {
    expect(Math.abs(measured.eigenvalues[at]! - eigenvalue), name).toBeLessThanOrEqual(2e-6 * twin.eigenvalues[0]!)
  })
  expect(describeSpectrum(measured, columns, PAPER).intrinsicDimension, name).toBe(
    describeSpectrum(twin, columns, PAPER).intrinsicDimension,
  )
}
