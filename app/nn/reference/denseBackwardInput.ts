import { createMatrix, type Matrix } from './matrix'

/**
 * A dense layer's share of the gradient in its input: dZ·Wᵀ.
 * @param outputGradient dZ [rows, outputs].
 * @param weights W [inputs, outputs].
 * @returns [rows, inputs].
 */
export function denseBackwardInput(outputGradient: Matrix, weights: Matrix): Matrix {
  const inner = weights.columns
  const result = createMatrix(outputGradient.rows, weights.rows)
  for (let row = 0; row < outputGradient.rows; row++) {
    const gradients = outputGradient.values.subarray(row * inner, (row + 1) * inner)
    // Dot products of rows, both in memory order.
    for (let column = 0; column < weights.rows; column++) {
      let sum = 0
      for (let k = 0, at = column * inner; k < inner; k++, at++) sum += gradients[k]! * weights.values[at]!
      result.values[row * weights.rows + column] = sum
    }
  }
  return result
}
