import { afterAll, beforeAll, expect, test } from 'vitest'
import { flatShape } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileBatchNormBackward } from '../layers/batchNorm'
import { batchNormBackward, batchStatistics, inverseDeviation } from '../reference/batchNorm'
import type { Matrix } from '../reference/matrix'
import type { ColumnChunks } from './columnChunks'
import { poisoned, uploadMatrix, uploadVector } from './denseTesting'
import { distantTensor, poisonedScratch, randomCase, stack } from './normalisationTesting'
import type { TensorBatch } from './tensorBatch'
import {
  AWKWARD_BATCHES,
  TOLERANCE,
  faultOf,
  finishShare,
  fullShareCase,
  plainShareCase,
  randomTensor,
  runHalf,
  testChunks,
  shareFormOf,
  tensorRows,
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
async function run({ batch, input, outputGradient, scale, share }: BackwardCase, chunks: ColumnChunks) {
  const { normalising } = batchStatistics(input)
  const expected = batchNormBackward(outputGradient, input, scale)
  const half = await compileBatchNormBackward(gpu, batch, share && shareFormOf(share), chunks)
  return runHalf(gpu, half, (scope) => {
    const scaleGradient = poisoned(scope, 1, chunks.channels)
    const shiftGradient = poisoned(scope, 1, chunks.channels)
    const shareBuffers = share && uploadShare(gpu, scope, share)
    const buffers = {
      input: uploadMatrix(scope, input),
      outputGradient: uploadMatrix(scope, outputGradient),
      statistics: uploadMatrix(scope, stack(normalising.mean, normalising.variance.map(inverseDeviation))),
      scale: uploadVector(scope, scale),
      scaleGradient,
      shiftGradient,
      scratch: poisonedScratch(scope, half.scratchBytes),
      share: shareBuffers,
    }
    const results = [
      { slice: scaleGradient, expected: stack(expected.scale) },
      { slice: shiftGradient, expected: stack(expected.shift) },
    ]
    if (share && shareBuffers) {
      results.push({ slice: shareBuffers.inputGradient, expected: finishShare(expected.input, share) })
    }
    return { buffers, results }
  })
}

test.each(ADAPTERS)(
  'gradients of every awkward tensor are those of the twin, with zeros in the padding (%o)',
  async (adapter) => {
    const faults = await Promise.all(
      AWKWARD_BATCHES.filter(({ rows, input }) => tensorRows(rows, input) !== 2).map(async (batch) => {
        const chunks = testChunks(batch, adapter)
        return faultOf({ ...batch, chunks }, await run(backwardCase(batch), chunks))
      }),
    )
    expect(faults.filter(Boolean)).toEqual([])
  },
)

test('of two rows, whose gradients all but cancel, the rest errs by no more than 5e-6 of what cancels', async () => {
  const batch = { rows: 2, input: flatShape(17) }
  const subject = backwardCase(batch)
  const { values, errors } = await run(subject, testChunks(batch, gpu))
  expect(Math.max(...errors.slice(0, 2))).toBeLessThan(TOLERANCE)
  const { outputGradient, input, scale } = subject
  const inverse = batchStatistics(input).normalising.variance.map(inverseDeviation)
  const cancelling = outputGradient.values.map((value, at) => value * scale[at % 17]! * inverse[at % 17]!)
  const error = values[2]!.map((value, at) => value - batchNormBackward(outputGradient, input, scale).input.values[at]!)
  expect(Math.hypot(...error) / Math.hypot(...cancelling)).toBeLessThan(TOLERANCE)
})

test.each(ADAPTERS)('rows just below, at and above the ends of chunks all count once (%o)', async (adapter) => {
  const faults = await Promise.all(
    [3, 7, 8, 9, 15, 16, 17, 64, 65].map(async (rows) => {
      const batch = { rows, input: flatShape(5) }
      const lanes = adapter.software ? { SLOTS: 16, LANES: 1 } : { SLOTS: 4, LANES: 4 }
      const chunks = { rows, channels: 5, chunkRows: 8, lanes, finishLanes: lanes }
      return faultOf({ rows }, await run(backwardCase(batch), chunks))
    }),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('the share joins earlier ones, slope and mask', async () => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 } }
  const result = await run(backwardCase(batch, fullShareCase(batch)), testChunks(batch, gpu))
  expect(faultOf(batch, result)).toBeUndefined()
})

test('a layer that reads the network’s input computes dγ and dβ only', async () => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 } }
  const subject = { ...backwardCase(batch), share: undefined }
  const result = await run(subject, testChunks(batch, gpu))
  expect(result.errors).toHaveLength(2)
  expect(faultOf(batch, result)).toBeUndefined()
})

test('a mean of 300 deviations costs no more than 1e-4', async () => {
  const batch = { rows: 33, input: { height: 5, width: 7, channels: 15 } }
  const result = await run({ ...backwardCase(batch), input: distantTensor(batch) }, testChunks(batch, gpu))
  expect(faultOf(batch, result, 1e-4)).toBeUndefined()
})

test.each(ADAPTERS)('NaN in a gradient spoils its channel and no other (%o)', async (adapter) => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 6 } }
  const subject = backwardCase(batch)
  subject.outputGradient.values[6 * 50 + 4] = NaN
  const { values, paddingIsZero } = await run(subject, testChunks(batch, adapter))
  for (const result of values) {
    expect(Array.from(result, Number.isNaN)).toEqual(Array.from(result, (_, index) => index % 6 === 4))
  }
  expect(paddingIsZero).toBe(true)
})

test.each(ADAPTERS)('the same input gives the same bits twice (%o)', async (adapter) => {
  const batch = { rows: 33, input: { height: 5, width: 7, channels: 17 } }
  const subject = backwardCase(batch, fullShareCase(batch))
  const [first, second] = await Promise.all([
    run(subject, testChunks(batch, adapter)),
    run(subject, testChunks(batch, adapter)),
  ])
  expect(second.values).toEqual(first.values)
})
