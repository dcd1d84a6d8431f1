import { afterAll, beforeAll, expect, test } from 'vitest'
import { flatShape } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileGlobalAverageBackward, compileGlobalAverageForward } from '../layers/globalAverage'
import { globalAverageBackward, globalAverageForward } from '../reference/globalAverage'
import type { Matrix } from '../reference/matrix'
import type { ColumnLanes } from './columnLanes'
import { poisoned, randomMatrix, uploadMatrix } from './denseTesting'
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
  testLanes,
  uploadShare,
  type ShareCase,
} from './tensorTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

async function runForward(batch: TensorBatch, input: Matrix, lanes: ColumnLanes) {
  const expected = globalAverageForward(input, batch)
  return runHalf(gpu, await compileGlobalAverageForward(gpu, batch, lanes), (scope) => {
    const output = poisoned(scope, expected.rows, expected.columns)
    return { buffers: { input: uploadMatrix(scope, input), output }, results: [{ slice: output, expected }] }
  })
}

async function runBackward(batch: TensorBatch, share: ShareCase) {
  const outputGradient = randomTensor(batch.rows, flatShape(batch.input.channels), 2)
  const expected = finishShare(globalAverageBackward(outputGradient, batch), share)
  return runHalf(gpu, await compileGlobalAverageBackward(gpu, batch, shareFormOf(share)), (scope) => {
    const buffers = { outputGradient: uploadMatrix(scope, outputGradient), ...uploadShare(gpu, scope, share) }
    return { buffers, results: [{ slice: buffers.inputGradient, expected }] }
  })
}

/** Lanes as a GPU gets them and as a software adapter does. */
const ADAPTERS = [{ software: false }, { software: true }]

const MANY_POSITIONS = { rows: 2, input: { height: 28, width: 29, channels: 5 } }

test.each(ADAPTERS)('means are those of the twin, with zeros in the padding (%o)', async (adapter) => {
  const faults = await Promise.all(
    [...AWKWARD_BATCHES, MANY_POSITIONS].map(async (batch) => {
      const { rows, input } = batch
      const lanes = testLanes(batch, adapter)
      return faultOf({ ...batch, lanes }, await runForward(batch, randomTensor(rows, input, 1), lanes))
    }),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('the gradient is spread as the twin does, with zeros in the padding', async () => {
  const faults = await Promise.all(
    AWKWARD_BATCHES.map(async (batch) => faultOf(batch, await runBackward(batch, plainShareCase(batch)))),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('the share joins earlier ones, slope and mask', async () => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 } }
  expect(faultOf(batch, await runBackward(batch, fullShareCase(batch)))).toBeUndefined()
})

test.each(ADAPTERS)('NaN spoils its sample’s channel and nothing else; the same bits twice (%o)', async (adapter) => {
  const batch = { rows: 3, input: { height: 8, width: 8, channels: 6 } }
  const lanes = testLanes(batch, adapter)
  const input = randomMatrix(3 * 64, 6, 1)
  const clean = await runForward(batch, input, lanes)
  expect((await runForward(batch, input, lanes)).values).toEqual(clean.values)
  input.values[(64 + 17) * 6 + 4] = NaN
  const { values } = await runForward(batch, input, lanes)
  expect(Array.from(values[0]!, Number.isNaN)).toEqual(Array.from({ length: 18 }, (_, index) => index === 6 + 4))
})

test('more workgroups than one dimension holds are all computed', async () => {
  const batch = { rows: 65_600, input: flatShape(3) }
  const result = await runForward(batch, randomTensor(65_600, batch.input, 1), { SLOTS: 1, LANES: 1 })
  expect(faultOf(batch, result)).toBeUndefined()
})

test('a half says how its sums are shared', async () => {
  const half = await compileGlobalAverageForward(gpu, MANY_POSITIONS, { SLOTS: 4, LANES: 16 })
  expect(half.variants).toEqual({ forward: '4 quads × 16 lanes' })
})
