import { createMatrix, type Matrix } from './matrix'

/** Gradients of the loss in a dense layer's parameters. */
export interface DenseGradients {
  /** Xᵀ·dZ, [inputs, outputs]. */
  readonly weights: Matrix
  /** Σ over rows of dZ, [outputs]. */
  readonly bias: Float64Array
}

/**
 * @param input x [rows, inputs] of the layer.
 * @param outputGradient dZ [rows, outputs]: gradient of the loss in the layer's preactivation.
 */
export function denseBackwardWeights(input: Matrix, outputGradient: Matrix): DenseGradients {
  const outputs = outputGradient.columns
  const weights = createMatrix(input.columns, outputs)
  const bias = new Float64Array(outputs)
  for (let row = 0; row < input.rows; row++) {
    const gradientRow = outputGradient.values.subarray(row * outputs, (row + 1) * outputs)
    for (let column = 0; column < outputs; column++) bias[column]! += gradientRow[column]!
    for (let inner = 0; inner < input.columns; inner++) {
      const factor = input.values[row * input.columns + inner]!
      // No shortcut where the factor is 0: 0 · NaN has to stay NaN.
      for (let column = 0, at = inner * outputs; column < outputs; column++, at++) {
        weights.values[at]! += factor * gradientRow[column]!
      }
    }
  }
  return { weights, bias }
}
