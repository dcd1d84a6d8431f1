import { afterAll, beforeAll, expect, test } from 'vitest'
import { flatShape } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileLayerNormBackward, compileLayerNormForward } from '../layers/layerNorm'
import { layerNormBackward, layerNormForward, rowStatistics } from '../reference/layerNorm'
import type { Matrix } from '../reference/matrix'
import { poisoned, uploadMatrix, uploadVector } from './denseTesting'
import {
  distantTensor,
  fullCase,
  interleave,
  outputFormOf,
  poisonedScratch,
  randomCase,
  stack,
  uploadCase,
  type NormalisationCase,
} from './normalisationTesting'
import type { ReducingAdapter } from './reductionLanes'
import type { TensorBatch } from './tensorBatch'
import {
  AWKWARD_BATCHES,
  faultOf,
  finishShare,
  fullShareCase,
  plainShareCase,
  randomTensor,
  runHalf,
  shareFormOf,
  testChunks,
  uploadShare,
  type ShareCase,
} from './tensorTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Lanes as a GPU gets them and as a software adapter does. */
const ADAPTERS = [{ software: false }, { software: true }]

/** Rows wide enough for all 64 lanes to have some of each, beside the usual. */
const BATCHES: readonly TensorBatch[] = [...AWKWARD_BATCHES, { rows: 3, input: flatShape(519) }]

/** z, a, and mean and 1/deviation of each row. */
async function runForward(subject: NormalisationCase, adapter: ReducingAdapter) {
  const own = layerNormForward(subject.input, subject.scale, subject.shift)
  const half = await compileLayerNormForward(gpu, subject.batch, outputFormOf(subject), adapter)
  return runHalf(gpu, half, (scope) => {
    const { buffers, results } = uploadCase(gpu, scope, subject, own)
    const { mean, inverse } = rowStatistics(subject.input)
    // Pairs behind one another: no tensor, so without padding to be written.
    const statistics = uploadVector(scope, new Float64Array(mean.length * 2).fill(-12345.5))
    const kept = { slice: statistics, expected: interleave(mean, inverse) }
    return { buffers: { ...buffers, statistics }, results: [...results, kept] }
  })
}

interface BackwardCase {
  readonly batch: TensorBatch
  readonly input: Matrix
  readonly outputGradient: Matrix
  readonly scale: Float64Array
  readonly share: ShareCase | undefined
}

function backwardCase(batch: TensorBatch, share: ShareCase | undefined = plainShareCase(batch)): BackwardCase {
  const { input, scale } = randomCase(batch)
  return { batch, input, scale, outputGradient: randomTensor(batch.rows, batch.input, 22), share }
}

/** dγ, dβ and, with a share, the gradient in the input. */
async function runBackward(
  subject: BackwardCase,
  adapter: ReducingAdapter,
  chunks = testChunks(subject.batch, adapter),
) {
  const { batch, input, outputGradient, scale, share } = subject
  const { channels } = batch.input
  const expected = layerNormBackward(outputGradient, input, scale)
  const form = share && shareFormOf(share)
  const half = await compileLayerNormBackward(gpu, batch, form, adapter, chunks)
  return runHalf(gpu, half, (scope) => {
    const { mean, inverse } = rowStatistics(input)
    const shareBuffers = share && uploadShare(gpu, scope, share)
    const buffers = {
      input: uploadMatrix(scope, input),
      outputGradient: uploadMatrix(scope, outputGradient),
      statistics: uploadMatrix(scope, interleave(mean, inverse)),
      scale: uploadVector(scope, scale),
      scaleGradient: poisoned(scope, 1, channels),
      shiftGradient: poisoned(scope, 1, channels),
      scratch: poisonedScratch(scope, half.scratchBytes),
      share: shareBuffers,
    }
    const results = [
      { slice: buffers.scaleGradient, expected: stack(expected.scale) },
      { slice: buffers.shiftGradient, expected: stack(expected.shift) },
    ]
    if (share && shareBuffers) {
      results.push({ slice: shareBuffers.inputGradient, expected: finishShare(expected.input, share) })
    }
    return { buffers, results }
  })
}

test.each(ADAPTERS)('rows of every awkward tensor are normalised as by the twin (%o)', async (adapter) => {
  const faults = await Promise.all(
    BATCHES.map(async (batch) => faultOf(batch, await runForward(randomCase(batch), adapter))),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(ADAPTERS)('gradients of every awkward tensor are those of the twin (%o)', async (adapter) => {
  const faults = await Promise.all(
    BATCHES.map(async (batch) => faultOf(batch, await runBackward(backwardCase(batch), adapter))),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(ADAPTERS)('rows just below, at and above the ends of chunks all count once (%o)', async (adapter) => {
  const faults = await Promise.all(
    [1, 7, 8, 9, 15, 16, 17, 64, 65].map(async (rows) => {
      const batch = { rows, input: flatShape(5) }
      const lanes = adapter.software ? { SLOTS: 16, LANES: 1 } : { SLOTS: 4, LANES: 4 }
      const chunks = { rows, channels: 5, chunkRows: 8, lanes, finishLanes: lanes }
      return faultOf({ rows }, await runBackward(backwardCase(batch), adapter, chunks))
    }),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(ADAPTERS)('a mean of 300 deviations costs no more than 1e-4 (%o)', async (adapter) => {
  const batch = { rows: 33, input: { height: 5, width: 7, channels: 65 } }
  const input = distantTensor(batch)
  expect(faultOf(batch, await runForward({ ...randomCase(batch, 'linear'), input }, adapter))).toBeUndefined()
  expect(faultOf(batch, await runBackward({ ...backwardCase(batch), input }, adapter), 1e-4)).toBeUndefined()
})

test('a residual is added before the activation function, and dropout drops what the twin drops', async () => {
  const result = await runForward(fullCase({ rows: 3, input: { height: 5, width: 7, channels: 17 } }), gpu)
  expect(faultOf({}, result)).toBeUndefined()
  expect(result.values[1]!.some((value) => value === 0)).toBe(true)
})

test('the share joins earlier ones, slope and mask', async () => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 } }
  expect(faultOf(batch, await runBackward(backwardCase(batch, fullShareCase(batch)), gpu))).toBeUndefined()
})

test('a layer that reads the network’s input computes dγ and dβ only', async () => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 } }
  const result = await runBackward({ ...backwardCase(batch), share: undefined }, gpu)
  expect(result.errors).toHaveLength(2)
  expect(faultOf(batch, result)).toBeUndefined()
})

test.each(ADAPTERS)('NaN spoils its row and no other, and reaches no padding (%o)', async (adapter) => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 6 } }
  const subject = randomCase(batch, 'relu')
  subject.input.values[6 * 50 + 4] = NaN
  const forward = await runForward(subject, adapter)
  const spoilt = (result: Float32Array) => Array.from(result, (_, index) => Math.floor(index / 6) === 50)
  for (const result of forward.values.slice(0, 2)) expect(Array.from(result, Number.isNaN)).toEqual(spoilt(result))
  const backward = await runBackward({ ...backwardCase(batch), input: subject.input }, adapter)
  expect(Array.from(backward.values[2]!, Number.isNaN)).toEqual(spoilt(backward.values[2]!))
  expect(Array.from(backward.values[0]!, Number.isNaN)).toEqual(Array.from({ length: 6 }, () => true))
  expect([forward.paddingIsZero, backward.paddingIsZero]).toEqual([true, true])
})

test.each(ADAPTERS)('the same input gives the same bits twice (%o)', async (adapter) => {
  const batch = { rows: 33, input: { height: 5, width: 7, channels: 17 } }
  const forward = () => runForward(randomCase(batch), adapter)
  const backward = () => runBackward(backwardCase(batch, fullShareCase(batch)), adapter)
  expect((await forward()).values).toEqual((await forward()).values)
  expect((await backward()).values).toEqual((await backward()).values)
})
