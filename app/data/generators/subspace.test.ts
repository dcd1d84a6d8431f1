import { describe, expect, test } from 'vitest'
import type { SubspaceData } from '../../experiment/dataSpec'
import { createDataset } from '../createDataset'
import type { Dataset } from '../dataset'

function subspaceSpec(settings: Partial<SubspaceData>): SubspaceData {
  const shape = { dimensions: 24, rank: 7, classes: 4, samples: 4000 }
  return { kind: 'subspace', ...shape, noise: 0, labelNoise: 0, heldOut: 0, standardise: 'none', ...settings }
}

/** Eigenvalues, descending, of the samples' covariance: cyclic Jacobi in float64. */
function covarianceEigenvalues({ inputs, features, trainingCount }: Dataset): number[] {
  const mean = Array.from({ length: features }, (_, feature) => {
    let sum = 0
    for (let row = 0; row < trainingCount; row++) sum += inputs[row * features + feature]!
    return sum / trainingCount
  })
  const matrix = mean.map((meanI, i) =>
    mean.map((meanJ, j) => {
      let sum = 0
      for (let row = 0; row < trainingCount; row++) {
        sum += (inputs[row * features + i]! - meanI) * (inputs[row * features + j]! - meanJ)
      }
      return sum / trainingCount
    }),
  )
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < features; p++) for (let q = p + 1; q < features; q++) rotate(matrix, p, q)
  }
  return matrix.map((row, index) => row[index]!).toSorted((one, other) => other - one)
}

function rotate(matrix: number[][], p: number, q: number): void {
  const offDiagonal = matrix[p]![q]!
  if (offDiagonal === 0) return
  const theta = (matrix[q]![q]! - matrix[p]![p]!) / (2 * offDiagonal)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const cosine = 1 / Math.hypot(tangent, 1)
  const sine = tangent * cosine
  for (const row of matrix) {
    const [atP, atQ] = [row[p]!, row[q]!]
    row[p] = cosine * atP - sine * atQ
    row[q] = sine * atP + cosine * atQ
  }
  for (let k = 0; k < matrix.length; k++) {
    const [atP, atQ] = [matrix[p]![k]!, matrix[q]![k]!]
    matrix[p]![k] = cosine * atP - sine * atQ
    matrix[q]![k] = sine * atP + cosine * atQ
  }
}

/** Intrinsic dimension: the smallest k whose eigenvalues make up the share. */
function intrinsicDimension(eigenvalues: readonly number[], share: number): number {
  const total = eigenvalues.reduce((sum, value) => sum + value, 0)
  let sum = 0
  return 1 + eigenvalues.findIndex((value) => (sum += value) >= share * total)
}

describe('subspace', () => {
  test.each([
    { dimensions: 24, rank: 7, classes: 4 },
    { dimensions: 12, rank: 12, classes: 2 },
    { dimensions: 9, rank: 2, classes: 10 },
    { dimensions: 5, rank: 1, classes: 3 },
  ])('has exactly $rank dimensions of $dimensions with $classes classes, all equally wide', (shape) => {
    const eigenvalues = covarianceEigenvalues(createDataset(subspaceSpec(shape), 6))
    const { rank } = shape
    expect(eigenvalues.slice(rank).every((value) => Math.abs(value) < 1e-12)).toBe(true)
    expect(eigenvalues[0]).toBeLessThan(1.2)
    expect(eigenvalues[rank - 1]).toBeGreaterThan(0.8)
    expect(intrinsicDimension(eigenvalues, 0.99)).toBe(rank)
  })

  test('keeps its rank when features are standardised', () => {
    const eigenvalues = covarianceEigenvalues(createDataset(subspaceSpec({ standardise: 'feature' }), 6))
    expect(eigenvalues[6]).toBeGreaterThan(0.01)
    expect(eigenvalues[7]).toBeLessThan(1e-10)
  })

  test('fills every dimension with the variance of the noise', () => {
    const eigenvalues = covarianceEigenvalues(createDataset(subspaceSpec({ noise: 0.1 }), 6))
    for (const value of eigenvalues.slice(7)) expect(Math.abs(value - 0.01)).toBeLessThan(0.002)
  })

  test('lets the nearest class mean tell nearly all samples', () => {
    const { inputs, targets, features, trainingCount } = createDataset(subspaceSpec({}), 6)
    const means = Array.from({ length: 4 }, () => new Float64Array(features))
    for (let row = 0; row < trainingCount; row++) {
      const mean = means[targets[row]!]!
      for (let i = 0; i < features; i++) mean[i] = mean[i]! + inputs[row * features + i]! / (trainingCount / 4)
    }
    let correct = 0
    for (let row = 0; row < trainingCount; row++) {
      const distances = means.map((mean) => mean.reduce((sum, m, i) => sum + (inputs[row * features + i]! - m) ** 2, 0))
      if (distances.indexOf(Math.min(...distances)) === targets[row]) correct++
    }
    expect(correct / trainingCount).toBeGreaterThan(0.95)
  })
})
