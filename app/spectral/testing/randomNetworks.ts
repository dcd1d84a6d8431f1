import { seededNormal, seededUniform } from './random'

/** Activations of one random layer. */
export interface RandomActivations {
  /** [samples, features] */
  readonly values: Float32Array
  readonly features: number
  /** How far the means lie from 0, in units of the typical deviation. */
  readonly offset: number
}

const INPUTS = 12

/** Hidden activations of a random two-layer network on normal inputs, moved away from 0 by 0 to 300. */
export function randomNetworkActivations(seed: number, samples: number): RandomActivations {
  const uniform = seededUniform(seed)
  const normal = seededNormal(seed)
  const hidden = 4 + Math.floor(uniform() * 21)
  const features = 4 + Math.floor(uniform() * 21)
  const offset = [0, 3, 30, 300][seed % 4]!
  const first = Float64Array.from({ length: INPUTS * hidden }, () => normal() / Math.sqrt(INPUTS))
  const second = Float64Array.from({ length: hidden * features }, () => normal() / Math.sqrt(hidden))
  const shift = Float64Array.from({ length: features }, () => offset * normal())
  const rectified = seed % 2 === 0
  const values = new Float32Array(samples * features)
  for (let row = 0; row < samples; row++) {
    const inputs = Float64Array.from({ length: INPUTS }, normal)
    const inner = multiply(inputs, first, hidden).map((value) => (rectified ? Math.max(0, value) : Math.tanh(value)))
    values.set(
      multiply(inner, second, features).map((value, column) => value + shift[column]!),
      row * features,
    )
  }
  return { values, features, offset }
}

/** vector [inputs] · weights [inputs, outputs] */
function multiply(vector: Float64Array, weights: Float64Array, outputs: number): Float64Array {
  const product = new Float64Array(outputs)
  vector.forEach((element, input) => {
    for (let output = 0; output < outputs; output++) product[output]! += element * weights[input * outputs + output]!
  })
  return product
}
