import type { Activation } from '../../experiment/spec'
import { activationFunctions } from './activation'
import { type Dropout, dropoutMask } from './dropout'
import { createMatrix, type Matrix } from './matrix'

/** What a dense layer makes of a batch. */
export interface DenseOutputs {
  /** z = x·W + b, [rows, outputs]. */
  readonly preactivation: Matrix
  /** f(z) · dropout mask, [rows, outputs]. */
  readonly activation: Matrix
}

/**
 * z = x·W + b and a = f(z) · mask.
 * @param input x [rows, inputs].
 * @param weights W [inputs, outputs].
 * @param bias b [outputs].
 * @param dropout left out in evaluation.
 */
export function denseForward(
  input: Matrix,
  weights: Matrix,
  bias: Float64Array,
  activation: Activation,
  dropout?: Dropout,
): DenseOutputs {
  const preactivation = affine(input, weights, bias)
  const { value } = activationFunctions[activation]
  const mask = dropoutMask(dropout)
  const activated = mask
    ? preactivation.values.map((z, element) => value(z) * mask(element))
    : preactivation.values.map(value)
  return { preactivation, activation: createMatrix(input.rows, weights.columns, activated) }
}

function affine(input: Matrix, weights: Matrix, bias: Float64Array): Matrix {
  const outputs = weights.columns
  const result = createMatrix(input.rows, outputs)
  const from = weights.values
  for (let row = 0; row < input.rows; row++) {
    const sums = result.values.subarray(row * outputs, (row + 1) * outputs)
    sums.set(bias)
    for (let inner = 0; inner < input.columns; inner++) {
      const factor = input.values[row * input.columns + inner]!
      // The inner loop runs along a row of the weights: memory order, and a form that engines compile well.
      for (let column = 0, at = inner * outputs; column < outputs; column++, at++) {
        sums[column]! += factor * from[at]!
      }
    }
  }
  return result
}
