import { expect, test } from 'vitest'
import { pooledShape } from '../../experiment/pooledShape'
import { relativeError } from '../kernels/kernelTesting'
import type { PoolShape } from '../kernels/pool'
import { centralDifferences, linearLoss, randomTensor } from '../kernels/tensorTesting'
import { createMatrix } from './matrix'
import { poolBackward, poolForward } from './pool'

const KINDS = ['maximum', 'average'] as const

test.each(KINDS)('the %s gradient is that of central differences, to 1e-6', (kind) => {
  for (const [size, stride] of [
    [2, 2],
    [3, 2],
    [3, 1],
    [2, 3],
  ] as const) {
    const shape: PoolShape = { kind, rows: 2, input: { height: 5, width: 7, channels: 3 }, size, stride }
    const input = randomTensor(2, shape.input, 1)
    const gradient = randomTensor(2, pooledShape(shape.input, shape), 2)
    const expected = centralDifferences(input.values, () => linearLoss(poolForward(input, shape), gradient))
    expect(relativeError(poolBackward(gradient, input, shape).values, expected), `${size}/${stride}`).toBeLessThan(1e-6)
  }
})

/** Four columns of four numbers each, of which the last row and column belong to no window. */
const image = createMatrix(16, 1, Float64Array.of(1, 2, 2, 9, 4, 3, 0, 9, -1, -2, -3, 9, 9, 9, 9, 9))
const overlapping = { rows: 1, input: { height: 3, width: 4, channels: 1 }, size: 2, stride: 1 } as const

test('windows give their largest value and their mean, as in PyTorch, and ignore what is past the last', () => {
  const shape = { rows: 1, input: { height: 4, width: 4, channels: 1 }, size: 3, stride: 2 } as const
  expect(pooledShape(shape.input, shape)).toEqual({ height: 1, width: 1, channels: 1 })
  expect([...poolForward(image, { ...shape, kind: 'maximum' }).values]).toEqual([4])
  expect(poolForward(image, { ...shape, kind: 'average' }).values[0]).toBeCloseTo(6 / 9, 12)
})

test('the gradient of a window goes to the first of equal values, and a position sums those of its windows', () => {
  const shape = { ...overlapping, kind: 'maximum' } as const
  const input = createMatrix(12, 1, Float64Array.of(5, 5, 1, 1, 5, 7, 1, 1, 0, 0, 0, 0))
  const gradient = createMatrix(6, 1, Float64Array.of(1, 10, 100, 1000, 10_000, 100_000))
  expect([...poolBackward(gradient, input, shape).values]).toEqual([0, 0, 100, 0, 0, 11_011, 100_000, 0, 0, 0, 0, 0])
})

test('NaN is the largest value of its windows and takes their gradient', () => {
  const shape = { ...overlapping, kind: 'maximum' } as const
  const input = createMatrix(12, 1, Float64Array.of(1, 2, 3, 4, 5, NaN, 7, 8, 9, 10, 11, 12))
  const gradient = createMatrix(6, 1, new Float64Array(6).fill(1))
  expect([...poolForward(input, shape).values].map(Number.isNaN)).toEqual([true, true, false, true, true, false])
  expect(poolBackward(gradient, input, shape).values[5]).toBe(4)
})
