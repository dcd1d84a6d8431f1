import { describe, expect, test } from 'vitest'
import { describeSpectrum } from '../../metrics/layerSpectrum'
import { eigenResiduals, hardMatrices, withEigenvalues } from '../testing/matrices'
import { seededNormal } from '../testing/random'
import { symmetricEigen } from './symmetricEigen'

describe('the float64 solver', () => {
  for (const { name, order, values, state, k } of hardMatrices(1024)) {
    test(`gets ${name} right`, () => {
      const solved = symmetricEigen({ values, order, stride: order }, { eigenvectors: true })
      const described = describeSpectrum(
        {
          eigenvalues: Float32Array.from(solved.eigenvalues),
          samples: 1e6,
          state: solved.state,
          solver: 'reference',
          sweeps: 0,
          offDiagonalNorm: 0,
        },
        order,
        { threshold: 0.99, convention: 'paper' },
      )
      expect(described.state).toBe(state)
      expect(described.intrinsicDimension).toBe(k)
      if (solved.eigenvectors) {
        const { residual, orthogonality, norm } = eigenResiduals(values, solved.eigenvalues, solved.eigenvectors)
        expect(residual).toBeLessThanOrEqual(1e-13 * norm)
        expect(orthogonality).toBeLessThanOrEqual(1e-13 * order)
      }
    })
  }

  test('finds the known eigenvalues of second differences, 2 − 2 cos(πi/(n + 1)), with and without vectors', () => {
    for (const order of [1, 2, 3, 50, 129]) {
      const values = new Float32Array(order * order)
      for (let i = 0; i < order; i++) {
        values[i * order + i] = 2
        if (i > 0) values[i * order + i - 1] = -1
      }
      const expected = Array.from({ length: order }, (_, i) => 2 + 2 * Math.cos((Math.PI * (i + 1)) / (order + 1)))
      for (const eigenvectors of [false, true]) {
        const solved = symmetricEigen({ values, order, stride: order }, { eigenvectors })
        const errors = expected.map((value, i) => Math.abs(value - solved.eigenvalues[i]!))
        expect(Math.max(...errors)).toBeLessThanOrEqual(1e-14 * order)
      }
    }
  })

  test('keeps the small eigenvalues of a spectrum over twelve decades to 1e-15 of the largest', () => {
    const wanted = Array.from({ length: 40 }, (_, index) => 10 ** (-0.3 * index))
    // Sums of the float64 solver on the float32 matrix: trace and squares are invariants of the matrix itself.
    const { values, order } = withEigenvalues('decades', wanted, 3)
    const { eigenvalues } = symmetricEigen({ values, order, stride: order })
    let trace = 0
    let squares = 0
    for (let i = 0; i < order; i++) trace += values[i * order + i]!
    for (const value of values) squares += value * value
    expect(Math.abs(eigenvalues.reduce((sum, value) => sum + value, 0) - trace)).toBeLessThan(1e-14)
    expect(Math.abs(eigenvalues.reduce((sum, value) => sum + value * value, 0) - squares)).toBeLessThan(1e-14)
  })

  test('keeps the eigenvalues of zero rows exactly 0, with their unit vectors', () => {
    const { values: dense } = withEigenvalues('', [5, 3, 2, -1], 4)
    const order = 9
    const live = [1, 2, 5, 8]
    const values = new Float64Array(order * order)
    live.forEach((row, i) => live.forEach((column, j) => (values[row * order + column] = dense[i * 4 + j]!)))
    const { eigenvalues, eigenvectors } = symmetricEigen({ values, order, stride: order }, { eigenvectors: true })
    expect(Array.from(eigenvalues.subarray(3, 8))).toEqual([0, 0, 0, 0, 0])
    expect(eigenvalues[8]).toBeCloseTo(-1, 6)
    const { residual, orthogonality } = eigenResiduals(values, eigenvalues, eigenvectors!)
    expect(residual).toBeLessThan(1e-14)
    expect(orthogonality).toBeLessThan(1e-14)
    expect(symmetricEigen({ values: new Float64Array(4), order: 2, stride: 2 }).eigenvalues).toEqual(
      new Float64Array(2),
    )
  })

  test('reads only the lower triangle, whatever the stride', () => {
    const normal = seededNormal(5)
    const order = 9
    const stride = 12
    const square = new Float32Array(order * order)
    const padded = new Float32Array(order * stride).fill(Number.NaN)
    for (let i = 0; i < order; i++) {
      for (let j = 0; j <= i; j++) {
        const value = normal()
        square[i * order + j] = value
        square[j * order + i] = value
        padded[i * stride + j] = value
      }
    }
    const whole = symmetricEigen({ values: square, order, stride: order })
    expect(symmetricEigen({ values: padded, order, stride })).toEqual(whole)
  })
})
