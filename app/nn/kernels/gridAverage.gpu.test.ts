import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileGridAverage } from '../layers/gridAverage'
import { gridAverage } from '../reference/gridAverage'
import type { Matrix } from '../reference/matrix'
import { poisoned, uploadMatrix } from './denseTesting'
import type { GridBatch } from './gridAverage'
import { AWKWARD_BATCHES, faultOf, randomTensor, runHalf } from './tensorTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Grids that divide the images, that do not, and of single positions and the whole image. */
const BATCHES: readonly GridBatch[] = AWKWARD_BATCHES.flatMap((batch) =>
  [1, 2, 3, 4].map((cells) => {
    const { height, width, channels } = batch.input
    return { ...batch, grid: { height: Math.min(cells, height), width: Math.min(cells, width), channels } }
  }),
)

async function run(batch: GridBatch, input: Matrix) {
  const expected = gridAverage(input, batch)
  return runHalf(gpu, await compileGridAverage(gpu, batch), (scope) => {
    const output = poisoned(scope, expected.rows, expected.columns)
    return { buffers: { input: uploadMatrix(scope, input), output }, results: [{ slice: output, expected }] }
  })
}

test('the mean of every cell is that of the twin, with zeros in the padding', async () => {
  const faults = await Promise.all(
    BATCHES.map(async (batch) => faultOf(batch, await run(batch, randomTensor(batch.rows, batch.input, 1)))),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('a NaN shows in the cells it belongs to and in no other', async () => {
  const input = { height: 5, width: 7, channels: 3 }
  const batch = { rows: 1, input, grid: { height: 4, width: 4, channels: 3 } }
  const tensor = randomTensor(1, input, 4)
  // Row 2, column 3, channel 1: cells 1 and 2 of rows and of columns overlap there.
  tensor.values[(2 * 7 + 3) * 3 + 1] = NaN
  const { values } = await run(batch, tensor)
  const holding = Array.from(values[0]!, (value, index) => (Number.isNaN(value) ? index : [])).flat()
  expect(holding).toEqual([5, 6, 9, 10].map((cell) => cell * 3 + 1))
})

test('the same bits come twice', async () => {
  const batch = { rows: 3, input: { height: 5, width: 7, channels: 17 }, grid: { height: 4, width: 3, channels: 17 } }
  const input = randomTensor(3, batch.input, 2)
  const [first, second] = await Promise.all([run(batch, input), run(batch, input)])
  expect(second.values).toEqual(first.values)
})
