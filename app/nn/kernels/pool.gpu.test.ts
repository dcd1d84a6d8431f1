import { afterAll, beforeAll, expect, test } from 'vitest'
import { pooledShape } from '../../experiment/pooledShape'
import type { TensorShape } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compilePoolBackward, compilePoolForward } from '../layers/pool'
import type { Matrix } from '../reference/matrix'
import { poolBackward, poolForward } from '../reference/pool'
import { poisoned, uploadMatrix } from './denseTesting'
import type { PoolShape } from './pool'
import {
  AWKWARD_BATCHES,
  TOLERANCE,
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

const KINDS = ['maximum', 'average'] as const

/** Size and stride: the usual, overlapping, with gaps, and the largest. */
const WINDOWS = [
  [2, 2],
  [3, 2],
  [3, 1],
  [2, 3],
  [5, 7],
  [7, 1],
] as const

/** Every window on every tensor that holds it at least once. */
const SHAPES: readonly Omit<PoolShape, 'kind'>[] = AWKWARD_BATCHES.flatMap((batch, index) =>
  WINDOWS.filter(([size], window) => fits(batch.input, size) && (index + window) % 2 === 0).map(([size, stride]) => ({
    ...batch,
    rows: size === 7 ? 1 : Math.min(batch.rows, 3),
    size,
    stride,
  })),
)

function fits({ height, width }: TensorShape, size: number): boolean {
  return Math.min(height, width) >= size
}

/** A tensor with many equal values and both zeros, as rectified ones have. */
function rectifiedTensor(rows: number, shape: TensorShape): Matrix {
  const tensor = randomTensor(rows, shape, 3)
  tensor.values.forEach((value, index) => {
    tensor.values[index] = value > 0 ? Math.round(value * 3) / 4 : value < -0.5 ? -0 : 0
  })
  return tensor
}

async function runForward(shape: PoolShape, input: Matrix) {
  const expected = poolForward(input, shape)
  return runHalf(gpu, await compilePoolForward(gpu, shape), (scope) => {
    const output = poisoned(scope, expected.rows, expected.columns)
    return { buffers: { input: uploadMatrix(scope, input), output }, results: [{ slice: output, expected }] }
  })
}

async function runBackward(shape: PoolShape, input: Matrix, share: ShareCase, outputGradient: Matrix) {
  const expected = finishShare(poolBackward(outputGradient, input, shape), share)
  return runHalf(gpu, await compilePoolBackward(gpu, shape, shareFormOf(share)), (scope) => {
    const buffers = {
      input: uploadMatrix(scope, input),
      output: uploadMatrix(scope, poolForward(input, shape)),
      outputGradient: uploadMatrix(scope, outputGradient),
      ...uploadShare(gpu, scope, share),
    }
    return { buffers, results: [{ slice: buffers.inputGradient, expected }] }
  })
}

function gradientOf(shape: PoolShape): Matrix {
  return randomTensor(shape.rows, pooledShape(shape.input, shape), 2)
}

test('there are windows of each kind on tensors of each width', () => {
  expect(new Set(SHAPES.map(({ size, stride }) => `${size}/${stride}`)).size).toBe(WINDOWS.length)
  expect(new Set(SHAPES.map(({ input }) => input.channels)).size).toBe(7)
})

test.each(KINDS)('the %s of every window is that of the twin, with zeros in the padding', async (kind) => {
  const faults = await Promise.all(
    SHAPES.map(async (shape) =>
      faultOf(shape, await runForward({ ...shape, kind }, randomTensor(shape.rows, shape.input, 1))),
    ),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(KINDS)('the %s gradient of every window is that of the twin, ties included', async (kind) => {
  const faults = await Promise.all(
    SHAPES.map(async (withoutKind) => {
      const shape = { ...withoutKind, kind }
      const input = rectifiedTensor(shape.rows, shape.input)
      return faultOf(shape, await runBackward(shape, input, plainShareCase(shape), gradientOf(shape)))
    }),
  )
  expect(faults.filter(Boolean)).toEqual([])
})

test.each(KINDS)('the %s share joins earlier ones, slope and mask', async (kind) => {
  for (const stride of [2, 3]) {
    const shape = { kind, rows: 3, input: { height: 5, width: 7, channels: 17 }, size: 3, stride }
    const result = await runBackward(shape, randomTensor(3, shape.input, 1), fullShareCase(shape), gradientOf(shape))
    expect(faultOf(shape, result)).toBeUndefined()
  }
})

test('the largest value is an exact copy, infinities and equal signs included', async () => {
  const shape = { kind: 'maximum', rows: 1, input: { height: 2, width: 8, channels: 4 }, size: 2, stride: 2 } as const
  const input = randomTensor(1, shape.input, 5)
  input.values.set([-Infinity, Infinity, -3e38, -0], 0)
  input.values.set([-1e-30, 3e38, -3.1e38, -0], 4)
  const { values } = await runForward(shape, input)
  expect(Array.from(values[0]!)).toEqual(Array.from(poolForward(input, shape).values))
})

test('a NaN is not swallowed: its windows are NaN, and it alone takes their gradient', async () => {
  const shape = { kind: 'maximum', rows: 1, input: { height: 5, width: 7, channels: 3 }, size: 3, stride: 2 } as const
  const input = randomTensor(1, shape.input, 5)
  // Row 2, column 4, channel 1: in the last column of windows 0 and 1 of both rows of windows.
  input.values[(2 * 7 + 4) * 3 + 1] = NaN
  const expected = poolForward(input, shape).values
  const forward = await runForward(shape, input)
  expect(Array.from(forward.values[0]!, Number.isNaN)).toEqual(Array.from(expected, Number.isNaN))
  expect(expected.filter(Number.isNaN)).toHaveLength(4)
  const backward = await runBackward(shape, input, plainShareCase(shape), gradientOf(shape))
  expect(backward.errors[0]).toBeLessThan(TOLERANCE)
  const apart = { ...shape, stride: 3 }
  const alone = await runBackward(apart, input, plainShareCase(apart), gradientOf(apart))
  expect(alone.errors[0]).toBeLessThan(TOLERANCE)
  const average = { ...shape, kind: 'average' } as const
  const means = await runForward(average, input)
  expect(means.values[0]!.filter(Number.isNaN)).toHaveLength(4)
})

test.each(KINDS)('the %s pool gives the same bits twice', async (kind) => {
  const shape = { kind, rows: 3, input: { height: 8, width: 8, channels: 17 }, size: 3, stride: 2 }
  const input = randomTensor(3, shape.input, 1)
  const run = () => runBackward(shape, input, fullShareCase(shape), gradientOf(shape))
  const [first, second] = await Promise.all([run(), run()])
  expect(second.values).toEqual(first.values)
  expect((await runForward(shape, input)).values).toEqual((await runForward(shape, input)).values)
})
