import { expect, test } from 'vitest'
import { eigenResiduals, hardMatrices } from '../testing/matrices'
import { packedJacobi } from './packedJacobi'
import { symmetricEigen } from './symmetricEigen'

test('the Jacobi twin agrees with Householder and QL on every matrix of the list up to order 33', () => {
  for (const { name, values, order } of hardMatrices(33)) {
    const jacobi = packedJacobi(values, order, 24)
    const direct = symmetricEigen({ values, order, stride: order })
    expect(jacobi.state, name).toBe(direct.state)
    const sorted = jacobi.eigenvalues.toSorted().toReversed()
    const scale = Math.max(...direct.eigenvalues.map(Math.abs))
    direct.eigenvalues.forEach((value, i) =>
      expect(Math.abs(sorted[i]! - value), name).toBeLessThanOrEqual(1e-7 * scale),
    )
  }
})

test('the Jacobi twin’s eigenvectors belong to its eigenvalues', () => {
  const { values, order } = hardMatrices(21).find(({ name }) => name.startsWith('Wilkinson'))!
  const { eigenvalues, eigenvectors } = packedJacobi(values, order, 24)
  const columns = eigenvectors.map((_, index) => eigenvectors[(index % order) * order + Math.floor(index / order)]!)
  const { residual, orthogonality, norm } = eigenResiduals(values, eigenvalues, columns)
  expect(residual).toBeLessThanOrEqual(1e-6 * norm)
  expect(orthogonality).toBeLessThanOrEqual(1e-13)
})

test('the Jacobi twin says so when it is stopped before it converged', () => {
  const { values, order } = hardMatrices(21).find(({ name }) => name.startsWith('Wilkinson'))!
  const { state, sweeps, offDiagonalNorm } = packedJacobi(values, order, 1)
  expect(state).toBe('not-converged')
  expect(sweeps).toBe(1)
  expect(offDiagonalNorm).toBeGreaterThan(0)
})
