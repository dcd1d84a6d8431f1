import type { Activation } from '../../experiment/spec'
import { activationFunctions } from './activation'
import { dropoutMask, type Dropout } from './dropout'
import { createMatrix, type Matrix } from './matrix'

/** What a layer makes of a batch, [rows, channels] each. */
export interface LayerOutputs {
  /** The layer's own result. */
  readonly own: Matrix
  /** z: the layer's own result plus the residual. */
  readonly preactivation: Matrix
  /** a = f(z) · dropout mask. */
  readonly activation: Matrix
}

/** What becomes of a layer's own result. */
export interface OutputRule {
  readonly activation: Activation
  /** Left out in evaluation. */
  readonly dropout?: Dropout | undefined
  /** Added before the activation function, [rows, channels]. */
  readonly residual?: Matrix | undefined
}

/** z = own + residual and a = f(z) · mask. Twin of shaders/shared/layer_output.wgsl. */
export function layerOutput(own: Matrix, { activation, dropout, residual }: OutputRule): LayerOutputs {
  const { rows, columns } = own
  const preactivation = residual
    ? createMatrix(
        rows,
        columns,
        own.values.map((value, element) => value + residual.values[element]!),
      )
    : own
  const { value } = activationFunctions[activation]
  const mask = dropoutMask(dropout, columns)
  if (activation === 'linear' && !mask) return { own, preactivation, activation: preactivation }
  const activated = mask
    ? preactivation.values.map((z, element) => value(z) * mask(element))
    : preactivation.values.map(value)
  return { own, preactivation, activation: createMatrix(rows, columns, activated) }
}
