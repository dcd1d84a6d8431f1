import { expect, test } from 'vitest'
import { relativeError, testValues } from '../kernels/kernelTesting'
import { randomMatrix } from '../kernels/denseTesting'
import { centralDifferences, linearLoss } from '../kernels/tensorTesting'
import {
  batchNormBackward,
  batchNormForward,
  batchStatistics,
  updateRunningStatistics,
  type NormaliseGradients,
} from './batchNorm'
import { layerNormBackward, layerNormForward } from './layerNorm'
import { createMatrix, type Matrix } from './matrix'

const ROWS = 6
const CHANNELS = 5

interface Normalisation {
  forward(this: void, input: Matrix, scale: Float64Array, shift: Float64Array): Matrix
  backward(this: void, gradient: Matrix, input: Matrix, scale: Float64Array): NormaliseGradients
}

const normalisations: Readonly<Record<string, Normalisation>> = {
  'batch norm': {
    forward: (input, scale, shift) => batchNormForward(input, batchStatistics(input).normalising, scale, shift),
    backward: batchNormBackward,
  },
  'layer norm': { forward: layerNormForward, backward: layerNormBackward },
}

test.each(Object.keys(normalisations))('gradients of %s are those of central differences, to 1e-6', (name) => {
  const { forward, backward } = normalisations[name]!
  const input = randomMatrix(ROWS, CHANNELS, 1)
  const scale = Float64Array.from(testValues(CHANNELS, 2))
  const shift = Float64Array.from(testValues(CHANNELS, 3))
  const gradient = randomMatrix(ROWS, CHANNELS, 4)
  const loss = () => linearLoss(forward(input, scale, shift), gradient)
  const actual = backward(gradient, input, scale)
  expect(relativeError(actual.input.values, centralDifferences(input.values, loss))).toBeLessThan(1e-6)
  expect(relativeError(actual.scale, centralDifferences(scale, loss))).toBeLessThan(1e-6)
  expect(relativeError(actual.shift, centralDifferences(shift, loss))).toBeLessThan(1e-6)
})

// (x − 2.5)/√(1.25 + 1e-5): what PyTorch's BatchNorm1d and LayerNorm print as −1.3416, −0.4472, 0.4472, 1.3416.
const oneToFour = [1, 2, 3, 4]
const normalised = oneToFour.map((x) => (x - 2.5) / Math.sqrt(1.25 + 1e-5))
const rounded = (values: Float64Array) => Array.from(values, (value) => Number(value.toFixed(12)))

test('a column of 1, 2, 3, 4 is batch-normalised as by PyTorch, and its row layer-normalised', () => {
  const column = createMatrix(4, 1, Float64Array.from(oneToFour))
  const byBatch = batchNormForward(column, batchStatistics(column).normalising, Float64Array.of(2), Float64Array.of(1))
  const expected = Float64Array.from(normalised, (x) => 2 * x + 1)
  expect(rounded(byBatch.values)).toEqual(rounded(expected))
  expect(byBatch.values[0]).toBeCloseTo(2 * -1.3416 + 1, 3)
  const row = createMatrix(1, 4, Float64Array.from(oneToFour))
  const byRow = layerNormForward(row, new Float64Array(4).fill(2), new Float64Array(4).fill(1))
  expect(rounded(byRow.values)).toEqual(rounded(expected))
})

test('running statistics learn a tenth of the mean and of the variance over n − 1', () => {
  const { learnt } = batchStatistics(createMatrix(4, 1, Float64Array.from(oneToFour)))
  const running = { mean: Float64Array.of(0), variance: Float64Array.of(1) }
  updateRunningStatistics(running.mean, learnt.mean)
  updateRunningStatistics(running.variance, learnt.variance)
  expect(running.mean[0]).toBeCloseTo(0.25, 12)
  expect(running.variance[0]).toBeCloseTo(0.9 + (0.1 * 5) / 3, 12)
})

test('running statistics keep what a batch would make infinite or NaN', () => {
  const running = Float64Array.of(1, 2, 3)
  updateRunningStatistics(running, Float64Array.of(NaN, Infinity, 13))
  expect([...running]).toEqual([1, 2, 4])
})

test('one row has variance 0 in both senses, and is normalised to the shift', () => {
  const row = createMatrix(1, 2, Float64Array.of(7, -3))
  const { normalising, learnt } = batchStatistics(row)
  expect([...normalising.variance, ...learnt.variance]).toEqual([0, 0, 0, 0])
  expect([...batchNormForward(row, normalising, Float64Array.of(2, 2), Float64Array.of(5, 6)).values]).toEqual([5, 6])
})
