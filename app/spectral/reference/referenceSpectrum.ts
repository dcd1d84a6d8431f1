import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { measuredFromScatter } from '../measured'
import { covariance } from './covariance'
import { symmetricEigen } from './symmetricEigen'

/**
 * Spectrum of activations [samples, features], row-major, wholly in float64: two-pass covariance, Householder and QL.
 * @param images as `measuredFromScatter`.
 */
export function referenceSpectrum(
  activations: ArrayLike<number>,
  samples: number,
  features: number,
  images?: number,
): MeasuredSpectrum {
  const values = covariance(activations, samples, features)
  const solved = symmetricEigen({ values, order: features, stride: features })
  const spectrum = measuredFromScatter({ ...solved, solver: 'reference', sweeps: 0, offDiagonalNorm: 0 }, 1, images)
  return { ...spectrum, samples }
}
