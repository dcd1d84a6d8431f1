import { afterAll, beforeAll, expect, test } from 'vitest'
import { elementsOf } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileExpandBatch } from '../layers/expandBatch'
import type { Matrix } from '../reference/matrix'
import { poisoned, uploadMatrix } from './denseTesting'
import type { TensorBatch } from './tensorBatch'
import { AWKWARD_BATCHES, faultOf, randomTensor, runHalf } from './tensorTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** @param expected the tensor; without padding it is the packed batch. */
async function run(batch: TensorBatch, expected: Matrix) {
  return runHalf(gpu, await compileExpandBatch(gpu, batch), (scope) => {
    const packed = uploadMatrix(scope, { rows: batch.rows, columns: elementsOf(batch.input), values: expected.values })
    const output = poisoned(scope, expected.rows, expected.columns)
    return { buffers: { packed, output }, results: [{ slice: output, expected }] }
  })
}

test('each position of a packed batch gets its own padding, and no number changes', async () => {
  const faults = await Promise.all(
    AWKWARD_BATCHES.map(async (batch) => faultOf(batch, await run(batch, randomTensor(batch.rows, batch.input, 1)), 0)),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('NaN stays where it is and reaches no padding', async () => {
  const batch = { rows: 2, input: { height: 3, width: 3, channels: 3 } }
  const tensor = randomTensor(2, batch.input, 1)
  // The number behind a position's last channel, where its padding will be.
  tensor.values[9] = NaN
  const { values, paddingIsZero } = await run(batch, tensor)
  expect(Array.from(values[0]!, Number.isNaN)).toEqual(Array.from({ length: 54 }, (_, at) => at === 9))
  expect(paddingIsZero).toBe(true)
})
