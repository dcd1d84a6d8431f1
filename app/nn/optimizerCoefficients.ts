import type { OptimizerSpec } from '../experiment/spec'

/** What an optimizer computes with and no step changes; 0 where it has no such number. */
export interface OptimizerCoefficients {
  readonly momentum: number
  /** 1 − β₁: share of the mean gradient that each step renews. */
  readonly renewal1: number
  /** 1 − β₂, of RMSProp 1 − decay: share of the mean squared gradient that each step renews. */
  readonly renewal2: number
  readonly epsilon: number
}

export function optimizerCoefficients(spec: OptimizerSpec): OptimizerCoefficients {
  const none = { momentum: 0, renewal1: 0, renewal2: 0, epsilon: 0 }
  if ('momentum' in spec) return { ...none, momentum: spec.momentum }
  if ('decay' in spec) return { ...none, renewal2: 1 - spec.decay, epsilon: spec.epsilon }
  if ('beta1' in spec) return { ...none, renewal1: 1 - spec.beta1, renewal2: 1 - spec.beta2, epsilon: spec.epsilon }
  return none
}
