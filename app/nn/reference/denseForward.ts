import { createMatrix, type Matrix } from './matrix'

/**
 * x·W + b.
 * @param input x [rows, inputs].
 * @param weights W [inputs, outputs].
 * @param bias b [outputs].
 */
export function denseForward(input: Matrix, weights: Matrix, bias: Float64Array): Matrix {
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
