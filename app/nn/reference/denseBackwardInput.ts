import type { Activation } from '../../experiment/spec'
import { activationFunctions } from './activation'
import { type Dropout, dropoutMask } from './dropout'
import { createMatrix, type Matrix } from './matrix'

/** The layer that made the input: its activation function and dropout are differentiated in the same go. */
export interface PreviousLayer {
  /** z of that layer, [rows, inputs]. */
  readonly preactivation: Matrix
  readonly activation: Activation
  readonly dropout?: Dropout | undefined
}

/**
 * Gradient of the loss in the previous layer's preactivation: (dZ·Wᵀ) · f′(z_previous) · mask.
 * @param outputGradient dZ [rows, outputs] of this layer.
 * @param weights W [inputs, outputs] of this layer.
 * @returns [rows, inputs].
 */
export function denseBackwardInput(outputGradient: Matrix, weights: Matrix, previous: PreviousLayer): Matrix {
  const gradient = timesTransposed(outputGradient, weights)
  const { derivative } = activationFunctions[previous.activation]
  const mask = dropoutMask(previous.dropout)
  const { values } = gradient
  for (let element = 0; element < values.length; element++) {
    values[element]! *= derivative(previous.preactivation.values[element]!) * (mask?.(element) ?? 1)
  }
  return gradient
}

/** left [rows, inner] · rightᵀ with right [columns, inner]: dot products of rows, both in memory order. */
function timesTransposed(left: Matrix, right: Matrix): Matrix {
  const inner = left.columns
  const result = createMatrix(left.rows, right.rows)
  for (let row = 0; row < left.rows; row++) {
    const leftRow = left.values.subarray(row * inner, (row + 1) * inner)
    for (let column = 0; column < right.rows; column++) {
      let sum = 0
      for (let k = 0, at = column * inner; k < inner; k++, at++) sum += leftRow[k]! * right.values[at]!
      result.values[row * right.rows + column] = sum
    }
  }
  return result
}
