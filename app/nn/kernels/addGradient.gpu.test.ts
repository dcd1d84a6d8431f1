import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileAddGradient } from '../layers/addGradient'
import { uploadMatrix } from './denseTesting'
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
  uploadShare,
  type ShareCase,
} from './tensorTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

async function run(batch: TensorBatch, share: ShareCase, outputGradient = randomTensor(batch.rows, batch.input, 2)) {
  const expected = finishShare(outputGradient, share)
  return runHalf(gpu, await compileAddGradient(gpu, batch, shareFormOf(share)), (scope) => {
    const buffers = { outputGradient: uploadMatrix(scope, outputGradient), ...uploadShare(gpu, scope, share) }
    return { buffers, results: [{ slice: buffers.inputGradient, expected }] }
  })
}

test('alone, the share is the gradient in the sum, to the bit', async () => {
  const faults = await Promise.all(
    AWKWARD_BATCHES.map(async (batch) => faultOf(batch, await run(batch, plainShareCase(batch)), 0)),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('it joins earlier shares, slope and mask, the same bits twice', async () => {
  const faults = await Promise.all(
    AWKWARD_BATCHES.map(async (batch) => faultOf(batch, await run(batch, fullShareCase(batch)))),
  )
  expect(faults.filter(Boolean)).toEqual([])
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 } }
  const [first, second] = await Promise.all([run(batch, fullShareCase(batch)), run(batch, fullShareCase(batch))])
  expect(second.values).toEqual(first.values)
})

test('NaN stays where it is', async () => {
  const batch = { rows: 2, input: { height: 2, width: 2, channels: 3 } }
  const gradient = randomTensor(2, batch.input, 2)
  gradient.values[5] = NaN
  const { values } = await run(batch, plainShareCase(batch), gradient)
  expect(Array.from(values[0]!, Number.isNaN)).toEqual(Array.from({ length: 24 }, (_, at) => at === 5))
})

test('more workgroups than one dimension holds are all computed', async () => {
  const batch = { rows: 65, input: { height: 256, width: 256, channels: 1 } }
  expect(faultOf(batch, await run(batch, plainShareCase(batch)), 0)).toBeUndefined()
})
