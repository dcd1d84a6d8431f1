import type { Activation } from '../../experiment/spec'

/** Values of the override constant ACTIVATION; the names of shaders/shared/activation.wgsl in its order. */
export const ACTIVATION_CODES: Readonly<Record<Activation, number>> = {
  linear: 0,
  relu: 1,
  leakyRelu: 2,
  tanh: 3,
  sigmoid: 4,
  gelu: 5,
  silu: 6,
}
