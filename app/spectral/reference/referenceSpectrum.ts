import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { covariance } from './covariance'
import { symmetricEigen } from './symmetricEigen'

/** Spectrum of activations [samples, features], row-major, wholly in float64: two-pass covariance, Householder and QL. */
export function referenceSpectrum(activations: ArrayLike<number>, samples: number, features: number): MeasuredSpectrum {
  const values = covariance(activations, samples, features)
  const { eigenvalues, state } = symmetricEigen({ values, order: features, stride: features })
  return {
    eigenvalues: Float32Array.from(eigenvalues),
    samples,
    state,
    solver: 'reference',
    sweeps: 0,
    offDiagonalNorm: 0,
  }
}
