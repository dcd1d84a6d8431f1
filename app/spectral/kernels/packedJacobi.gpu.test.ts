import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { describeSpectrum } from '../../metrics/layerSpectrum'
import { createJacobiBatch, runJacobiBatch, type JacobiOptions, type SolvedMatrix } from '../jacobiBatch'
import { largestJacobiOrder } from './packedJacobi'
import { packedJacobi as twin } from '../reference/packedJacobi'
import { symmetricEigen } from '../reference/symmetricEigen'
import { eigenResiduals, hardMatrices, withEigenvalues } from '../testing/matrices'
import { seededNormal } from '../testing/random'

let gpu: Gpu
let scope: BufferScope

beforeAll(async () => {
  gpu = await openGpu()
  scope = new BufferScope(gpu)
})
afterAll(() => {
  scope.destroy()
  gpu.close()
})

interface Matrix {
  readonly values: Float32Array
  readonly order: number
}

async function solve(matrices: readonly Matrix[], options: JacobiOptions = {}): Promise<SolvedMatrix[]> {
  let length = 0
  const places = matrices.map(({ order }) => {
    const offset = length
    length += order * order
    return { offset, order, stride: order }
  })
  const all = new Float32Array(length)
  matrices.forEach(({ values }, index) => all.set(values, places[index]!.offset))
  const source = wholeBuffer(scope.storageWith('matrices', all))
  const batch = await createJacobiBatch(gpu, scope, source, places, options)
  return runJacobiBatch(gpu, batch)
}

function randomMatrix(order: number): Matrix {
  const normal = seededNormal(order)
  const values = new Float32Array(order * order)
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) values[i * order + j] = values[j * order + i] = normal()
  }
  return { values, order }
}

function eigenvalueBound(order: number, largest: number): number {
  return Math.max(2e-6, 4e-8 * order) * largest
}

const HARD = hardMatrices(88)

describe('packed Jacobi on the GPU', () => {
  test('gets every matrix of the list right, all of them in one batch', async () => {
    const solved = await solve(HARD)
    HARD.forEach(({ name, order, values, state, k }, index) => {
      const { eigenvalues, state: solverState, sweeps, offDiagonalNorm } = solved[index]!
      const described = describeSpectrum(
        {
          eigenvalues: Float32Array.from(eigenvalues),
          samples: 1e6,
          state: solverState,
          solver: 'jacobi',
          sweeps,
          offDiagonalNorm,
        },
        order,
        { threshold: 0.99, convention: 'paper' },
      )
      expect(described.state, name).toBe(state)
      expect(described.intrinsicDimension, name).toBe(k)
      const exact = symmetricEigen({ values, order, stride: order }).eigenvalues
      const largest = Math.max(Math.abs(exact[0]!), Math.abs(exact[order - 1]!))
      const errors = eigenvalues.map((value, i) => Math.abs(value - exact[i]!))
      expect(Math.max(...errors), name).toBeLessThanOrEqual(eigenvalueBound(order, largest))
    })
  })

  test('mirrors its float64 twin rotation by rotation: the diagonals agree after one and after two sweeps', async () => {
    const matrices = [2, 3, 4, 5, 15, 16, 17, 31].map(randomMatrix)
    for (const mostSweeps of [1, 2]) {
      const solved = await solve(matrices, { mostSweeps })
      matrices.forEach(({ values, order }, index) => {
        const expected = twin(values, order, mostSweeps)
        const sorted = expected.eigenvalues.toSorted().toReversed()
        const { eigenvalues, sweeps, offDiagonalNorm } = solved[index]!
        const scale = Math.max(...sorted.map(Math.abs))
        eigenvalues.forEach((value, i) => expect(Math.abs(value - sorted[i]!)).toBeLessThanOrEqual(1e-5 * scale))
        expect(sweeps).toBe(expected.sweeps)
        expect(Math.abs(offDiagonalNorm - expected.offDiagonalNorm)).toBeLessThanOrEqual(1e-5 * scale)
      })
    }
  })

  test('gives eigenvectors that belong to their eigenvalues and are orthogonal', async () => {
    const matrices = [...[1, 2, 3, 8, 17, 32, 63].map(randomMatrix), ...HARD.filter(({ order }) => order <= 33)]
    const solved = await solve(matrices, { eigenvectors: true })
    matrices.forEach(({ values, order }, index) => {
      const { eigenvalues, eigenvectors, state } = solved[index]!
      if (state === 'non-finite') return
      const { residual, orthogonality, norm } = eigenResiduals(values, eigenvalues, eigenvectors!)
      expect(residual).toBeLessThanOrEqual(order * 2 ** -23 * norm)
      expect(orthogonality).toBeLessThanOrEqual(4 * order * 2 ** -23)
    })
  })

  test('gives bit-identical results alone, in a batch, in every variant and however its sweeps are cut up', async () => {
    const matrices = [3, 16, 29, 10].map(randomMatrix)
    const together = await solve(matrices)
    expect(await solve(matrices)).toEqual(together)
    for (const [index, matrix] of matrices.entries()) expect(await solve([matrix])).toEqual([together[index]])
    for (const variant of [
      { cap: 32, workers: 128, eigenvectors: false, sweeps: 1 },
      { cap: 88, workers: 64, eigenvectors: false, sweeps: 5 },
      { cap: 32, workers: 64, eigenvectors: false, sweeps: 3 },
    ]) {
      expect(await solve(matrices, { variant })).toEqual(together)
    }
  })

  test('says that it did not converge when stopped early, with a certificate that brackets the truth', async () => {
    const matrix = withEigenvalues(
      '',
      Array.from({ length: 20 }, (_, index) => 0.8 ** index),
      2,
    )
    const [stopped] = await solve([matrix], { mostSweeps: 2 })
    expect(stopped!.state).toBe('not-converged')
    expect(stopped!.sweeps).toBe(2)
    const exact = symmetricEigen({ ...matrix, stride: 20 }).eigenvalues
    let diagonalSum = 0
    let exactSum = 0
    for (let k = 1; k < 20; k++) {
      diagonalSum += stopped!.eigenvalues[k - 1]!
      exactSum += exact[k - 1]!
      const slack = Math.sqrt((k * (20 - k)) / 20) * stopped!.offDiagonalNorm
      expect(exactSum).toBeGreaterThanOrEqual(diagonalSum - 1e-5)
      expect(exactSum).toBeLessThanOrEqual(diagonalSum + slack + 1e-5)
    }
  })

  test('holds order 126 where the adapter grants 32 KiB of workgroup memory, else 88', async () => {
    const order = largestJacobiOrder(gpu)
    expect(order).toBe(gpu.limits.maxComputeWorkgroupStorageSize >= 32_768 ? 126 : 88)
    const matrix = withEigenvalues(
      '',
      Array.from({ length: order }, (_, index) => 0.95 ** index),
      4,
    )
    const [solved] = await solve([matrix])
    const exact = symmetricEigen({ ...matrix, stride: order }).eigenvalues
    expect(solved!.state).toBe('ok')
    const errors = solved!.eigenvalues.map((value, i) => Math.abs(value - exact[i]!))
    expect(Math.max(...errors)).toBeLessThanOrEqual(eigenvalueBound(order, exact[0]!))
  })
})
