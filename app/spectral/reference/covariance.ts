/**
 * C = Σ(a − μ)(a − μ)ᵀ/n of activations [samples, features] (row-major), in float64 and two passes: what every faster
 * way is compared with.
 * @returns [features, features], the lower triangle; NaN or infinity where the activations hold any.
 */
export function covariance(activations: ArrayLike<number>, samples: number, features: number): Float64Array {
  const mean = new Float64Array(features)
  for (let row = 0; row < samples; row++) {
    for (let column = 0; column < features; column++) mean[column]! += activations[row * features + column]!
  }
  for (let column = 0; column < features; column++) mean[column]! /= samples

  const result = new Float64Array(features * features)
  const centred = new Float64Array(features)
  for (let row = 0; row < samples; row++) {
    for (let i = 0; i < features; i++) centred[i] = activations[row * features + i]! - mean[i]!
    for (let i = 0; i < features; i++) {
      const start = i * features
      const element = centred[i]!
      for (let j = 0; j <= i; j++) result[start + j]! += element * centred[j]!
    }
  }
  for (let index = 0; index < result.length; index++) result[index]! /= samples
  return result
}
