import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../gpu/buffers'
import { openGpu, type Gpu } from '../gpu/device'
import { submitPlan } from '../gpu/plan'
import { readSlice } from '../gpu/readback'
import { createCovarianceAccumulator, scatterLength, scatterStride, type CovarianceAccumulator } from './covariance'
import type { CovarianceVariant } from './kernels/chunkScatters'
import { covariance } from './reference/covariance'
import { correlatedActivations, padToQuads } from './testing/activations'

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

async function createFor(width: number, variant: CovarianceVariant, chunkRows?: number) {
  const scatter = wholeBuffer(scope.storage('scatter', scatterLength(width) * 4))
  const options = { variant, maximumSamples: 4096, ...(chunkRows === undefined ? {} : { chunkRows }) }
  const accumulator = await createCovarianceAccumulator(gpu, scope, [{ width, positions: 1, scatter }], options)
  return { accumulator, scatter }
}

function add(accumulator: CovarianceAccumulator, values: Float32Array, rows: number, width: number): void {
  const source = wholeBuffer(scope.storageWith('activations', padToQuads(values, rows, width)))
  submitPlan(gpu.device, accumulator.accumulate(0, source, rows))
}

async function readCovariance(scatter: ReturnType<typeof wholeBuffer>, width: number, rows: number): Promise<number[]> {
  const values = new Float32Array(await readSlice(gpu, scatter))
  const lower: number[] = []
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) lower.push(values[i * scatterStride(width) + j]! / rows)
  }
  return lower
}

/** Largest |difference| over the lower triangle, relative to the largest variance. */
function largestError(actual: readonly number[], values: Float32Array, rows: number, width: number): number {
  const exact = covariance(values, rows, width)
  let largest = 0
  let error = 0
  let position = 0
  for (let i = 0; i < width; i++) {
    largest = Math.max(largest, exact[i * width + i]!)
    for (let j = 0; j <= i; j++) {
      const difference = Math.abs(actual[position++]! - exact[i * width + j]!)
      // Written so that NaN counts as an error.
      if (!(difference <= error)) error = difference
    }
  }
  return largest > 0 ? error / largest : error
}

describe.each(['direct', 'tiled'] as const)('covariance on the GPU, %s', (variant) => {
  test('equals the float64 covariance for every awkward number of rows and features', async () => {
    for (const width of [1, 3, 16, 17, 65, 130]) {
      const { accumulator, scatter } = await createFor(width, variant)
      for (const rows of width === 130 ? [1, 513] : [1, 15, 511, 512, 513, 1300]) {
        const values = correlatedActivations(rows, width, 2, rows + width)
        submitPlan(gpu.device, accumulator.reset)
        add(accumulator, values, rows, width)
        const error = largestError(await readCovariance(scatter, width, rows), values, rows, width)
        expect(error, `${rows} rows of ${width}`).toBeLessThanOrEqual(1e-6)
      }
    }
  })

  test('keeps its accuracy where means lie thousands of deviations from zero', async () => {
    const { accumulator, scatter } = await createFor(10, variant)
    for (const offset of [30, 300, 3000]) {
      const values = correlatedActivations(1300, 10, offset, 8)
      submitPlan(gpu.device, accumulator.reset)
      add(accumulator, values, 1300, 10)
      const error = largestError(await readCovariance(scatter, 10, 1300), values, 1300, 10)
      expect(error, `offset ${offset}`).toBeLessThanOrEqual(1e-6)
    }
  })

  test('adds up batches of different sizes, and a reset forgets them all, NaNs too', async () => {
    const width = 9
    const { accumulator, scatter } = await createFor(width, variant, 128)
    const values = correlatedActivations(700, width, 300, 3)
    add(accumulator, new Float32Array(4 * width).fill(Number.NaN), 4, width)
    expect((await readCovariance(scatter, width, 4)).every(Number.isNaN)).toBe(true)
    submitPlan(gpu.device, accumulator.reset)
    add(accumulator, values.subarray(0, 1 * width), 1, width)
    add(accumulator, values.subarray(1 * width, 300 * width), 299, width)
    add(accumulator, values.subarray(300 * width), 400, width)
    expect(largestError(await readCovariance(scatter, width, 700), values, 700, width)).toBeLessThanOrEqual(1e-6)
  })

  test('gives the same bits every time', async () => {
    const values = correlatedActivations(600, 20, 50, 4)
    const runs: number[][] = []
    for (let run = 0; run < 3; run++) {
      const { accumulator, scatter } = await createFor(20, variant)
      add(accumulator, values, 600, 20)
      submitPlan(gpu.device, accumulator.reset)
      add(accumulator, values, 600, 20)
      runs.push(await readCovariance(scatter, 20, 600))
    }
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).toEqual(runs[0])
  })
})

describe('covariance accumulation', () => {
  test('refuses more rows than it was made for and sources that are too small', async () => {
    const { accumulator } = await createFor(5, 'direct')
    const source = wholeBuffer(scope.storage('activations', 10 * 8 * 4))
    expect(() => accumulator.accumulate(0, source, 4097)).toThrow(/1 to 4096 rows/)
    expect(() => accumulator.accumulate(0, source, 11)).toThrow(/take 352 bytes; the source holds 320/)
    expect(accumulator.accumulate(0, source, 10)).toHaveLength(3)
  })
})
