import { describe, expect, test } from 'vitest'
import type { MeasuredSpectrum } from './spectrum'
import { cumulativeVariance, intrinsicDimension, intrinsicDimensionInterval } from './varianceSums'

function measured(eigenvalues: ArrayLike<number>, changes: Partial<MeasuredSpectrum> = {}): MeasuredSpectrum {
  return {
    eigenvalues: Float32Array.from(eigenvalues),
    samples: 1000,
    state: 'ok',
    solver: 'jacobi',
    sweeps: 0,
    offDiagonalNorm: 0,
    ...changes,
  }
}

/** The definition, word for word. */
function countByDefinition(eigenvalues: Float32Array, threshold: number): number {
  const clamped = Array.from(eigenvalues, (eigenvalue) => Math.max(0, eigenvalue))
  const trace = clamped.reduce((sum, eigenvalue) => sum + eigenvalue, 0)
  let sum = 0
  for (let k = 1; k <= clamped.length; k++) {
    sum += clamped[k - 1]!
    if (sum >= threshold * trace) return k
  }
  return clamped.length
}

describe('intrinsic dimension', () => {
  test('equals its definition at every threshold for spectra of every length', () => {
    for (const width of [1, 2, 3, 8, 17, 64, 257, 1024]) {
      for (const decay of [0.5, 0.9, 0.99, 1]) {
        const spectrum = measured(Float32Array.from({ length: width }, (_, index) => decay ** index))
        for (const threshold of [0.5, 0.75, 0.9, 0.99, 0.999, 0.9999]) {
          const expected = countByDefinition(spectrum.eigenvalues, threshold)
          expect(intrinsicDimension(spectrum, threshold, 'paper')).toBe(expected)
          expect(intrinsicDimension(spectrum, threshold, 'delve')).toBe(expected - 1)
        }
      }
    }
  })

  test('reaches the threshold with equality', () => {
    expect(intrinsicDimension(measured([3, 1]), 0.75, 'paper')).toBe(1)
    expect(intrinsicDimension(measured([3, 1]), 0.7500001, 'paper')).toBe(2)
  })

  test('in Delve’s count is 0 for rank 1, d − 1 for full rank and 0 for a dead layer', () => {
    expect(intrinsicDimension(measured([5, 0, 0]), 0.99, 'delve')).toBe(0)
    expect(intrinsicDimension(measured([1, 1, 1]), 0.99, 'delve')).toBe(2)
    expect(intrinsicDimension(measured([0, 0, 0]), 0.99, 'delve')).toBe(0)
  })

  test('reads each spectrum only once, however often δ is dragged', () => {
    const spectrum = measured([3, 1])
    expect(intrinsicDimension(spectrum, 0.7, 'paper')).toBe(1)
    expect(cumulativeVariance(spectrum)).toBe(cumulativeVariance(spectrum))
    expect(Array.from(cumulativeVariance(spectrum))).toEqual([3, 4])
  })
})

describe('the interval of k', () => {
  test('is one number where no share comes near the threshold', () => {
    expect(intrinsicDimensionInterval(measured([4, 2, 1, 1]), 0.8, 'paper')).toEqual([3, 3])
  })

  test('spans both counts where a share meets the threshold within rounding', () => {
    const spectrum = measured([0.99, 0.01])
    expect(intrinsicDimensionInterval(spectrum, 0.99, 'paper')).toEqual([1, 2])
    expect(intrinsicDimensionInterval(spectrum, 0.99, 'delve')).toEqual([0, 1])
  })

  test('brackets the truth for the diagonal of any matrix whose off-diagonal norm is told', () => {
    // Rotating diag(λ) by an angle keeps λ and fills the off-diagonal: a solver stopped before it began.
    for (const angle of [0.01, 0.1, 0.4, 0.78]) {
      const [large, small] = [0.985, 0.015]
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
      const off = (large - small) * cosine * sine
      const diagonal = [large * cosine ** 2 + small * sine ** 2, large * sine ** 2 + small * cosine ** 2]
      const stopped = measured(diagonal, { state: 'not-converged', offDiagonalNorm: Math.SQRT2 * off })
      const [low, high] = intrinsicDimensionInterval(stopped, 0.98, 'paper')
      expect(low).toBeLessThanOrEqual(1)
      expect(high).toBeGreaterThanOrEqual(1)
      expect(intrinsicDimensionInterval(measured([large, small]), 0.98, 'paper')).toEqual([1, 1])
    }
  })

  test('never excludes k itself and never leaves 0 … d', () => {
    const spectrum = measured([5, 4, 3, 2, 1], { state: 'not-converged', offDiagonalNorm: 1.5 })
    for (const threshold of [0.5, 0.8, 0.9999]) {
      const k = intrinsicDimension(spectrum, threshold, 'paper')
      const [low, high] = intrinsicDimensionInterval(spectrum, threshold, 'paper')
      expect(low).toBeGreaterThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(k)
      expect(high).toBeGreaterThanOrEqual(k)
      expect(high).toBeLessThanOrEqual(5)
    }
  })
})
