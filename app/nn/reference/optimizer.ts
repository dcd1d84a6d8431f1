import type { OptimizerSpec } from '../../experiment/spec'
import type { Hyperparameters } from '../hyperparameters'
import { optimizerCoefficients, type OptimizerCoefficients } from '../optimizerCoefficients'

/** Parameters and what the optimizer remembers of each; arrays of the same length. */
export interface OptimizerState {
  readonly parameters: Float64Array
  /** Momentum, or mean of the gradients. */
  readonly firstMoment: Float64Array
  /** Mean of the squared gradients. */
  readonly secondMoment: Float64Array
}

/** Largest finite f32: parameters stop there, as on the GPU. */
const LARGEST = 3.4028234663852886e38

/**
 * One update in place: float64 twin of shaders/nn/optimizer.wgsl.
 * @param gradientScale from clipping.
 */
export function updateParameters(
  spec: OptimizerSpec,
  state: OptimizerState,
  gradients: Float64Array,
  gradientScale: number,
  values: Hyperparameters,
): void {
  const { parameters } = state
  const direction = directionOf(spec, optimizerCoefficients(spec), state, values)
  const decoupled = spec.kind === 'adamw'
  const shrink = decoupled ? 1 - values.learningRate * values.weightDecay : 1
  const decay = decoupled ? 0 : values.weightDecay
  for (let at = 0; at < parameters.length; at++) {
    const parameter = parameters[at]! * shrink
    const gradient = gradientScale * gradients[at]! + decay * parameter
    const updated = parameter - values.learningRate * direction(at, gradient)
    parameters[at] = Math.min(LARGEST, Math.max(-LARGEST, updated))
  }
}

type Direction = (at: number, gradient: number) => number

/** Direction to go against, per unit of learning rate; renews the moments. */
function directionOf(
  spec: OptimizerSpec,
  { momentum, renewal1, renewal2, epsilon }: OptimizerCoefficients,
  { firstMoment, secondMoment }: OptimizerState,
  values: Hyperparameters,
): Direction {
  const renewSecond = (at: number, gradient: number): number =>
    (secondMoment[at]! += renewal2 * (gradient * gradient - secondMoment[at]!))
  const directions: Record<OptimizerSpec['kind'], Direction> = {
    sgd: (_, gradient) => gradient,
    momentum: (at, gradient) => (firstMoment[at] = momentum * firstMoment[at]! + gradient),
    nesterov: (at, gradient) => gradient + momentum * (firstMoment[at] = momentum * firstMoment[at]! + gradient),
    rmsprop: (at, gradient) => gradient / (Math.sqrt(renewSecond(at, gradient)) + epsilon),
    adam: (at, gradient) => {
      const first = (firstMoment[at]! += renewal1 * (gradient - firstMoment[at]!))
      const size = Math.sqrt(renewSecond(at, gradient)) * values.biasCorrection2 + epsilon
      return (values.biasCorrection1 * first) / size
    },
    adamw: (at, gradient) => directions.adam(at, gradient),
  }
  return directions[spec.kind]
}
