import { expect, test } from 'vitest'
import type { Activation } from '../../experiment/spec'
import { relativeError, testValues } from '../kernels/kernelTesting'
import { activationFunctions } from './activation'
import { denseBackwardInput } from './denseBackwardInput'
import { denseBackwardWeights } from './denseBackwardWeights'
import { denseForward } from './denseForward'
import { inputGradient } from './inputGradient'
import { layerOutput } from './layerOutput'
import { createMatrix, type Matrix } from './matrix'

function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  return createMatrix(rows, columns, Float64Array.from(testValues(rows * columns, seed)))
}

const ROWS = 5
const WIDTHS = [4, 6, 3] as const
const dropout = { rate: 0.25, seed: 5, layer: 1, step: 3 }

interface TwoLayers {
  readonly input: Matrix
  readonly weights: readonly [Matrix, Matrix]
  readonly biases: readonly [Float64Array, Float64Array]
}

function randomLayers(): TwoLayers {
  return {
    input: randomMatrix(ROWS, WIDTHS[0], 1),
    weights: [randomMatrix(WIDTHS[0], WIDTHS[1], 2), randomMatrix(WIDTHS[1], WIDTHS[2], 3)],
    biases: [randomMatrix(1, WIDTHS[1], 4).values, randomMatrix(1, WIDTHS[2], 5).values],
  }
}

function forward({ input, weights, biases }: TwoLayers, activation: Activation) {
  const hidden = layerOutput(denseForward(input, weights[0], biases[0]), { activation, dropout })
  return { hidden, output: denseForward(hidden.activation, weights[1], biases[1]) }
}

/** A linear function of the outputs, so that its gradient in them is known: a fixed random matrix. */
const outputGradient = randomMatrix(ROWS, WIDTHS[2], 6)

function loss(layers: TwoLayers, activation: Activation): number {
  const { values } = forward(layers, activation).output
  return values.reduce((sum, value, index) => sum + value * outputGradient.values[index]!, 0)
}

/** Central differences of the loss in each number of `parameters`, which belong to `layers`. */
function differences(layers: TwoLayers, activation: Activation, parameters: Float64Array): Float64Array {
  const step = 1e-6
  return parameters.map((original, index) => {
    parameters[index] = original + step
    const above = loss(layers, activation)
    parameters[index] = original - step
    const below = loss(layers, activation)
    parameters[index] = original
    return (above - below) / (2 * step)
  })
}

test('gradients through layer, activation and dropout are those of central differences, to 1e-6', () => {
  for (const activation of Object.keys(activationFunctions) as Activation[]) {
    const layers = randomLayers()
    const { hidden } = forward(layers, activation)
    const last = denseBackwardWeights(hidden.activation, outputGradient)
    const share = denseBackwardInput(outputGradient, layers.weights[1])
    const hiddenGradient = inputGradient([share], { preactivation: hidden.preactivation, activation, dropout })
    const first = denseBackwardWeights(layers.input, hiddenGradient)
    const pairs = [
      [last.weights.values, layers.weights[1].values],
      [last.bias, layers.biases[1]],
      [first.weights.values, layers.weights[0].values],
      [first.bias, layers.biases[0]],
    ] as const
    for (const [gradient, parameters] of pairs) {
      expect(relativeError(gradient, differences(layers, activation, parameters)), activation).toBeLessThan(1e-6)
    }
  }
})

test('z is the textbook sum of products plus the bias', () => {
  const input = createMatrix(2, 2, Float64Array.of(1, 2, 3, 4))
  const weights = createMatrix(2, 3, Float64Array.of(1, 0, -1, 2, 1, 0))
  const own = denseForward(input, weights, Float64Array.of(10, 20, -5))
  const { preactivation, activation } = layerOutput(own, { activation: 'relu' })
  expect([...preactivation.values]).toEqual([15, 22, -6, 21, 24, -8])
  expect([...activation.values]).toEqual([15, 22, 0, 21, 24, 0])
})

test('a matrix of the wrong length is refused', () => {
  expect(() => createMatrix(2, 3, new Float64Array(5))).toThrow('needs 6 values, not 5')
})
