import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileUpsampleBackward, compileUpsampleForward } from '../layers/upsample'
import type { Matrix } from '../reference/matrix'
import { upsampleBackward, upsampleForward } from '../reference/upsample'
import { poisoned, uploadMatrix } from './denseTesting'
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
import type { UpsampleShape } from './upsample'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

const SHAPES: readonly UpsampleShape[] = AWKWARD_BATCHES.map((batch, index) => ({
  ...batch,
  rows: Math.min(batch.rows, 3),
  factor: 2 + (index % 3),
}))

/** A gradient in the result of `shape`. */
function gradientOf({ rows, input, factor }: UpsampleShape): Matrix {
  return randomTensor(rows, { ...input, height: input.height * factor, width: input.width * factor }, 2)
}

async function runForward(shape: UpsampleShape, input: Matrix) {
  const expected = upsampleForward(input, shape)
  return runHalf(gpu, await compileUpsampleForward(gpu, shape), (scope) => {
    const output = poisoned(scope, expected.rows, expected.columns)
    return { buffers: { input: uploadMatrix(scope, input), output }, results: [{ slice: output, expected }] }
  })
}

async function runBackward(shape: UpsampleShape, share: ShareCase, outputGradient = gradientOf(shape)) {
  const expected = finishShare(upsampleBackward(outputGradient, shape), share)
  return runHalf(gpu, await compileUpsampleBackward(gpu, shape, shareFormOf(share)), (scope) => {
    const buffers = { outputGradient: uploadMatrix(scope, outputGradient), ...uploadShare(gpu, scope, share) }
    return { buffers, results: [{ slice: buffers.inputGradient, expected }] }
  })
}

test('every position is repeated as by the twin, to the bit, with zeros in the padding', async () => {
  const faults = await Promise.all(
    SHAPES.map(async (shape) => faultOf(shape, await runForward(shape, randomTensor(shape.rows, shape.input, 1)), 0)),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('gradients of what repeats a position are summed as by the twin', async () => {
  const faults = await Promise.all(
    SHAPES.map(async (shape) => faultOf(shape, await runBackward(shape, plainShareCase(shape)))),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test('the share joins earlier ones, slope and mask, the same bits twice', async () => {
  const shape = { rows: 3, input: { height: 5, width: 7, channels: 17 }, factor: 3 }
  const first = await runBackward(shape, fullShareCase(shape))
  expect(faultOf(shape, first)).toBeUndefined()
  expect((await runBackward(shape, fullShareCase(shape))).values).toEqual(first.values)
})

test('NaN goes where its position goes, and back', async () => {
  const shape = { rows: 2, input: { height: 3, width: 2, channels: 3 }, factor: 2 }
  const input = randomTensor(2, shape.input, 1)
  input.values[7] = NaN
  const { values } = await runForward(shape, input)
  expect(Array.from(values[0]!, Number.isNaN)).toEqual(Array.from(upsampleForward(input, shape).values, Number.isNaN))
  const gradient = gradientOf(shape)
  gradient.values[0] = NaN
  const backward = await runBackward(shape, plainShareCase(shape), gradient)
  expect(Array.from(backward.values[0]!, Number.isNaN)).toEqual(Array.from({ length: 36 }, (_, at) => at === 0))
})
