import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openGpu, type Gpu } from '../gpu/device'
import { analyzeActivations } from './analyzeActivations'
import { startEigenWorker } from './eigenWorker'
import { symmetricEigen } from './reference/symmetricEigen'
import { symmetricEigenvalues } from './symmetricEigenvalues'
import { correlatedActivations } from './testing/activations'
import { DELVE_CASES } from './testing/delveCases'
import { eigenResiduals, hardMatrices, withEigenvalues } from './testing/matrices'

let gpu: Gpu

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

describe('analyzeActivations on the GPU', () => {
  test('gets Delve’s numbers with every solver, and frees all it made', async () => {
    for (const { name, activations, samples, features, eigenvalues, paperDimension } of DELVE_CASES.slice(0, 4)) {
      for (const solver of ['auto', 'jacobi', 'reference'] as const) {
        const described = await analyzeActivations(gpu, activations, { samples, features }, { solver })
        expect(described.intrinsicDimension, name).toBe(paperDimension)
        eigenvalues.forEach((value, i) => {
          expect(Math.abs(described.eigenvalues[i]! - value), name).toBeLessThanOrEqual(2e-6 * eigenvalues[0]!)
        })
      }
    }
    expect(gpu.ledger.total().count).toBe(0)
  })

  test('gives eigenvectors of the covariance, one per column', async () => {
    const [samples, features] = [500, 10]
    const activations = correlatedActivations(samples, features, 100, 6)
    for (const solver of ['jacobi', 'reference', 'auto'] as const) {
      const described = await analyzeActivations(
        gpu,
        activations,
        { samples, features },
        { solver, eigenvectors: true },
      )
      const variances = projectedVariances(activations, samples, features, described.eigenvectors!)
      variances.forEach((variance, j) => {
        expect(Math.abs(variance - described.eigenvalues[j]!)).toBeLessThanOrEqual(1e-5 * described.eigenvalues[0]!)
      })
    }
  })

  test('takes activations band by band where they are too many to upload at once', async () => {
    const [samples, features] = [5000, 900]
    // Three directions, each over its own features: the spectrum is known from their squares.
    const activations = new Float32Array(samples * features)
    for (let row = 0; row < samples; row++) {
      for (const [feature, scale] of [3, 2, 1].entries()) {
        activations[row * features + feature * 400] = scale * (((row >> feature) & 1) * 2 - 1) + 1000
      }
    }
    const described = await analyzeActivations(gpu, activations, { samples, features })
    expect(described.solver).toBe('reference')
    expect(described.intrinsicDimension).toBe(3)
    expect(described.eigenvalues[0]).toBeCloseTo(9, 4)
    expect(described.eigenvalues[1]).toBeCloseTo(4, 4)
    expect(described.eigenvalues[2]).toBeCloseTo(1, 4)
    expect(described.provisional).toBe(true)
    expect(gpu.ledger.total().count).toBe(0)
  })
})

/** Variance of the activations along each column. */
function projectedVariances(
  activations: Float32Array,
  samples: number,
  features: number,
  columns: Float32Array,
): number[] {
  return Array.from({ length: features }, (_, column) => {
    const projections = Array.from({ length: samples }, (_, row) => {
      let sum = 0
      for (let i = 0; i < features; i++) sum += activations[row * features + i]! * columns[i * features + column]!
      return sum
    })
    const mean = projections.reduce((sum, value) => sum + value, 0) / samples
    return projections.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples
  })
}

describe('symmetricEigenvalues on the GPU', () => {
  test('solves mixed orders in their order with either solver, vectors included', async () => {
    const matrices = hardMatrices(33)
    for (const solver of ['jacobi', 'reference'] as const) {
      const results = await symmetricEigenvalues(gpu, matrices, { solver, eigenvectors: true })
      matrices.forEach(({ name, values, order, state }, index) => {
        const result = results[index]!
        expect(result.solver).toBe(solver)
        expect(result.state === 'non-finite', name).toBe(state === 'non-finite')
        expect(result.eigenvectors === undefined, name).toBe(state === 'non-finite')
        if (!result.eigenvectors) return
        const { residual, orthogonality, norm } = eigenResiduals(values, result.eigenvalues, result.eigenvectors)
        expect(residual, name).toBeLessThanOrEqual(order * 2 ** -23 * norm)
        expect(orthogonality, name).toBeLessThanOrEqual(4 * order * 2 ** -23)
      })
    }
    expect(gpu.ledger.total().count).toBe(0)
  })

  test('refuses an order beyond Jacobi’s without having made anything', async () => {
    const large = { values: new Float32Array(130 * 130), order: 130 }
    await expect(symmetricEigenvalues(gpu, [large], { solver: 'jacobi' })).rejects.toMatchObject({
      fault: 'order-too-large',
    })
    expect(gpu.ledger.total().count).toBe(0)
  })
})

describe('the solver’s own worker', () => {
  test('solves what it is sent, several at a time', async () => {
    const worker = startEigenWorker()
    const wanted = [5, 60, 20].map((order) =>
      withEigenvalues(
        '',
        Float32Array.from({ length: order }, (_, i) => i),
        order,
      ),
    )
    const solved = await Promise.all(
      wanted.map(({ values, order }) => worker.solve({ values: values.slice(), order, stride: order }, true)),
    )
    wanted.forEach(({ values, order }, index) => {
      expect(solved[index]).toEqual(symmetricEigen({ values, order, stride: order }, { eigenvectors: true }))
    })
    worker.close()
  })

  test('rejects what is under way when closed, and everything after', async () => {
    const worker = startEigenWorker()
    const matrix = () => ({ values: new Float32Array(300 * 300).fill(1), order: 300, stride: 300 })
    const underWay = worker.solve(matrix(), false)
    worker.close()
    await expect(underWay).rejects.toMatchObject({ fault: 'solver-failed' })
    await expect(worker.solve(matrix(), false)).rejects.toMatchObject({ fault: 'solver-failed' })
  })
})
