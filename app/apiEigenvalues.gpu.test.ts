import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { symmetricEigenvalues } from './api'
import {
  dimensionByDefinition,
  distance,
  eigenvalueBound,
  eigenvaluesByDefinition,
} from './apiTesting/spectrumByDefinition'
import { watchDevices, type DeviceWatch } from './gpu/testing/watchDevices'
import { eigenResiduals, hardMatrices, withEigenvalues } from './spectral/testing/matrices'

const SOLVERS = ['jacobi', 'reference', 'auto'] as const

let watch: DeviceWatch

beforeAll(() => {
  watch = watchDevices()
})
afterAll(() => {
  expect(watch.errors).toEqual([])
  expect(watch.liveBuffers()).toEqual([])
  expect(watch.devices.length).toBe(1)
  watch.stop()
})

describe('symmetricEigenvalues', () => {
  test('gets every matrix of the list right with every solver, vectors included', async () => {
    const matrices = hardMatrices(88)
    for (const solver of SOLVERS) {
      const results = await symmetricEigenvalues(matrices, { solver, eigenvectors: true })
      expect(results).toHaveLength(matrices.length)
      matrices.forEach(({ name, values, order, state, k }, index) => {
        const { eigenvalues, eigenvectors, ...result } = results[index]!
        const label = `${name} with ${solver}`
        expect(eigenvalues, label).toBeInstanceOf(Float32Array)
        expect(eigenvalues, label).toHaveLength(order)
        if (solver !== 'auto') expect(result.solver, label).toBe(solver)
        if (state === 'non-finite') {
          expect(result.state, label).toBe('non-finite')
          return
        }
        expect(result.state, label).toBe(values.every((value) => value === 0) ? 'dead' : 'ok')
        expect(eigenvalues, label).toEqual(eigenvalues.toSorted().toReversed())
        expect(distance(eigenvalues, eigenvaluesByDefinition(values, order)), label).toBeLessThan(
          eigenvalueBound(order),
        )
        expect(dimensionByDefinition(eigenvalues, 0.99), label).toBe(k)
        const { residual, orthogonality, norm } = eigenResiduals(values, eigenvalues, eigenvectors!)
        expect(residual, label).toBeLessThanOrEqual(order * 2 ** -23 * norm)
        expect(orthogonality, label).toBeLessThanOrEqual(4 * order * 2 ** -23)
      })
    }
  })

  test('keeps the zeros of dead units exactly 0', async () => {
    const halfDead = hardMatrices(8).find(({ name }) => name === 'half-dead units')!
    for (const solver of SOLVERS) {
      const [result] = await symmetricEigenvalues([halfDead], { solver })
      expect(Array.from(result!.eigenvalues.subarray(4)), solver).toEqual([0, 0, 0, 0])
    }
  })

  test('finds NaN and infinity wherever they stand', async () => {
    for (const solver of SOLVERS) {
      for (const fault of [Number.NaN, Infinity, -Infinity]) {
        const matrices = Array.from({ length: 9 }, (_, at) => {
          const values = Float32Array.of(2, 1, 0, 1, 2, 1, 0, 1, 2)
          values[at] = fault
          return { values, order: 3 }
        })
        for (const result of await symmetricEigenvalues(matrices, { solver, eigenvectors: true })) {
          expect(result.state).toBe('non-finite')
          expect(result.eigenvalues).toEqual(new Float32Array(3))
          expect(result.eigenvectors).toBeUndefined()
        }
      }
    }
  })

  test('of a mixed batch are, bit for bit, those of each matrix alone', async () => {
    const matrices = [...hardMatrices(33), ...hardMatrices(33).toReversed()]
    for (const solver of SOLVERS) {
      const together = await symmetricEigenvalues(matrices, { solver })
      const alone = await Promise.all(matrices.map((matrix) => symmetricEigenvalues([matrix], { solver })))
      expect(together.map(({ eigenvalues, state }) => ({ eigenvalues, state }))).toEqual(
        alone.map(([result]) => ({ eigenvalues: result!.eigenvalues, state: result!.state })),
      )
    }
  })

  test('of every order around the solvers’ ends lie within the bounds', async () => {
    const spectrum = (order: number) => Float32Array.from({ length: order }, (_, i) => 0.8 ** i - 0.2)
    const matrices = [1, 2, 4, 5, 31, 65, 126].map((order) => withEigenvalues('', spectrum(order), order))
    const large = [127, 128, 200].map((order) => withEigenvalues('', spectrum(order), order))
    for (const solver of SOLVERS) {
      const given = solver === 'jacobi' ? matrices : [...matrices, ...large]
      const results = await symmetricEigenvalues(given, { solver })
      given.forEach(({ order }, index) => {
        expect(distance(results[index]!.eigenvalues, spectrum(order)), `${solver} ${order}`).toBeLessThan(
          eigenvalueBound(order),
        )
      })
    }
  })

  test('too large for f32 are not claimed to be numbers', async () => {
    const values = new Float32Array(64).fill(3e38)
    for (const solver of SOLVERS) {
      const [result] = await symmetricEigenvalues([{ values, order: 8 }], { solver })
      expect(result!.state, solver).toBe('non-finite')
      expect(result!.eigenvalues, solver).toEqual(new Float32Array(8))
    }
  })
})
