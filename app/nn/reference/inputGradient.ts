import type { Activation } from '../../experiment/spec'
import { activationFunctions } from './activation'
import { dropoutMask, type Dropout } from './dropout'
import { createMatrix, type Matrix } from './matrix'

/** The layer that made a tensor. */
export interface Producer {
  /** z, [rows, channels]. */
  readonly preactivation: Matrix
  readonly activation: Activation
  readonly dropout?: Dropout | undefined
}

/**
 * The gradient in the preactivation of the layer that made a tensor: Σ shares · f′(z) · mask. Twin of
 * shaders/shared/input_gradient.wgsl.
 * @param shares of all layers that read the tensor, [rows, channels] each, in the order in which they are added.
 */
export function inputGradient(shares: readonly Matrix[], { preactivation, activation, dropout }: Producer): Matrix {
  const { rows, columns } = preactivation
  const { derivative } = activationFunctions[activation]
  const mask = dropoutMask(dropout, columns)
  const values = preactivation.values.map((z, element) => {
    const sum = shares.reduce((total, share) => total + share.values[element]!, 0)
    return sum * derivative(z) * (mask?.(element) ?? 1)
  })
  return createMatrix(rows, columns, values)
}
