import { expect, test } from 'vitest'
import { flatShape } from '../../experiment/tensorShape'
import { relativeError } from '../kernels/kernelTesting'
import { centralDifferences, linearLoss, randomTensor } from '../kernels/tensorTesting'
import { globalAverageBackward, globalAverageForward } from './globalAverage'
import { createMatrix } from './matrix'
import { upsampleBackward, upsampleForward } from './upsample'

const batch = { rows: 2, input: { height: 3, width: 5, channels: 3 } }

test('the gradient of a global average is that of central differences, to 1e-6', () => {
  const input = randomTensor(2, batch.input, 1)
  const gradient = randomTensor(2, flatShape(3), 2)
  const expected = centralDifferences(input.values, () => linearLoss(globalAverageForward(input, batch), gradient))
  expect(relativeError(globalAverageBackward(gradient, batch).values, expected)).toBeLessThan(1e-6)
})

test.each([2, 3, 4])('the gradient of upsampling by %i is that of central differences, to 1e-6', (factor) => {
  const shape = { ...batch, factor }
  const input = randomTensor(2, shape.input, 1)
  const gradient = randomTensor(2, { height: 3 * factor, width: 5 * factor, channels: 3 }, 2)
  const expected = centralDifferences(input.values, () => linearLoss(upsampleForward(input, shape), gradient))
  expect(relativeError(upsampleBackward(gradient, shape).values, expected)).toBeLessThan(1e-6)
})

test('a global average is the mean of each channel of each sample', () => {
  const input = createMatrix(4, 2, Float64Array.of(1, 10, 3, 30, 5, 50, 9, 90))
  const means = globalAverageForward(input, { rows: 2, input: { height: 1, width: 2, channels: 2 } })
  expect([...means.values]).toEqual([2, 20, 7, 70])
})

test('upsampling repeats rows and columns of each sample', () => {
  const input = createMatrix(4, 1, Float64Array.of(1, 2, 3, 4))
  const shape = { rows: 2, input: { height: 1, width: 2, channels: 1 }, factor: 2 }
  expect([...upsampleForward(input, shape).values]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4])
})
