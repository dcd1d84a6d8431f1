import { afterAll, beforeAll, expect, test } from 'vitest'
import { flatShape } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileBatchNormEvaluation, compileBatchNormForward } from '../layers/batchNorm'
import { batchNormForward, batchStatistics, inverseDeviation } from '../reference/batchNorm'
import type { ColumnChunks } from './columnChunks'
import { poisoned, uploadMatrix } from './denseTesting'
import {
  distantTensor,
  fullCase,
  outputFormOf,
  poisonedScratch,
  randomCase,
  stack,
  uploadCase,
  type NormalisationCase,
} from './normalisationTesting'
import { AWKWARD_BATCHES, faultOf, runHalf, testChunks } from './tensorTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Lanes as a GPU gets them and as a software adapter does. */
const ADAPTERS = [{ software: false }, { software: true }]

/** z, a, and both pairs of statistics. */
async function runTraining(subject: NormalisationCase, chunks: ColumnChunks) {
  const { normalising, learnt } = batchStatistics(subject.input)
  const own = batchNormForward(subject.input, normalising, subject.scale, subject.shift)
  const half = await compileBatchNormForward(gpu, subject.batch, outputFormOf(subject), chunks)
  return runHalf(gpu, half, (scope) => {
    const { buffers, results } = uploadCase(gpu, scope, subject, own)
    const statistics = poisoned(scope, 2, chunks.channels)
    const batch = poisoned(scope, 2, chunks.channels)
    const scratch = poisonedScratch(scope, half.scratchBytes)
    return {
      buffers: { ...buffers, statistics, batch, scratch },
      results: [
        ...results,
        { slice: statistics, expected: stack(normalising.mean, normalising.variance.map(inverseDeviation)) },
        { slice: batch, expected: stack(learnt.mean, learnt.variance) },
      ],
    }
  })
}

test.each(ADAPTERS)(
  'every awkward tensor is normalised as by the twin, with zeros in the padding (%o)',
  async (adapter) => {
    const faults = await Promise.all(
      AWKWARD_BATCHES.map(async (batch) => {
        const chunks = testChunks(batch, adapter)
        return faultOf({ ...batch, chunks }, await runTraining(randomCase(batch), chunks))
      }),
    )
    expect(faults.filter(Boolean)).toEqual([])
  },
)

test.each(ADAPTERS)('rows just below, at and above the ends of chunks all count once (%o)', async (adapter) => {
  const faults = await Promise.all(
    [1, 2, 7, 8, 9, 15, 16, 17, 64, 65].map(async (rows) => {
      const batch = { rows, input: flatShape(5) }
      const lanes = adapter.software ? { SLOTS: 16, LANES: 1 } : { SLOTS: 4, LANES: 4 }
      const chunks = { rows, channels: 5, chunkRows: 8, lanes, finishLanes: lanes }
      return faultOf({ rows }, await runTraining(randomCase(batch), chunks))
    }),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(ADAPTERS)('a mean of 300 deviations costs no more than 1e-4 (%o)', async (adapter) => {
  const batch = { rows: 33, input: { height: 5, width: 7, channels: 15 } }
  const subject = { ...randomCase(batch, undefined), input: distantTensor(batch) }
  const result = await runTraining(subject, testChunks(batch, adapter))
  expect(faultOf(batch, result, 1e-4)).toBeUndefined()
  // Mean, deviation and variance themselves are as good as ever.
  expect(Math.max(...result.errors.slice(1))).toBeLessThan(5e-6)
})

test('a residual is added before the activation function, and dropout drops what the twin drops', async () => {
  const subject = fullCase({ rows: 3, input: { height: 5, width: 7, channels: 17 } })
  const result = await runTraining(subject, testChunks(subject.batch, gpu))
  expect(faultOf({}, result)).toBeUndefined()
  expect(result.values[1]!.some((value) => value === 0)).toBe(true)
})

test('in evaluation the running mean and variance normalise', async () => {
  const faults = await Promise.all(
    AWKWARD_BATCHES.map(async (batch) => {
      const subject = fullCase(batch)
      const { channels } = batch.input
      const mean = randomCase({ rows: 1, input: flatShape(channels) }).scale
      const running = { mean, variance: mean.map((value) => Math.fround(value * value + 0.01)) }
      const own = batchNormForward(subject.input, running, subject.scale, subject.shift)
      const half = await compileBatchNormEvaluation(gpu, batch, outputFormOf(subject))
      const result = await runHalf(gpu, half, (scope) => {
        const { buffers, results } = uploadCase(gpu, scope, subject, own)
        const statistics = uploadMatrix(scope, stack(running.mean, running.variance))
        return { buffers: { ...buffers, statistics }, results }
      })
      return faultOf(batch, result)
    }),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(ADAPTERS)('NaN spoils its channel and no other (%o)', async (adapter) => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 6 } }
  const subject = randomCase(batch, 'relu')
  subject.input.values[6 * 50 + 4] = NaN
  const { values, paddingIsZero } = await runTraining(subject, testChunks(batch, adapter))
  for (const result of values) {
    expect(Array.from(result, Number.isNaN)).toEqual(Array.from(result, (_, index) => index % 6 === 4))
  }
  expect(paddingIsZero).toBe(true)
})

test.each(ADAPTERS)('the same input gives the same bits twice (%o)', async (adapter) => {
  const batch = { rows: 33, input: { height: 5, width: 7, channels: 17 } }
  const run = () => runTraining(randomCase(batch), testChunks(batch, adapter))
  const [first, second] = await Promise.all([run(), run()])
  expect(second.values).toEqual(first.values)
})
