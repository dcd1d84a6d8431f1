import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analyzeActivations, type LayerSpectrum } from './api'
import {
  covarianceByDefinition,
  distance,
  eigenvalueBound,
  eigenvaluesByDefinition,
  metricsByDefinition,
} from './apiTesting/spectrumByDefinition'
import { watchDevices, type DeviceWatch } from './gpu/testing/watchDevices'
import { correlatedActivations } from './spectral/testing/activations'
import { DELVE_CASES } from './spectral/testing/delveCases'
import { eigenResiduals, hardMatrices, type HardMatrix } from './spectral/testing/matrices'
import { randomNetworkActivations } from './spectral/testing/randomNetworks'

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

/** Activations [2·order, order] whose covariance is a positive semidefinite matrix: ±√order times columns of a factor. */
function activationsWithCovariance({ values, order }: HardMatrix): Float32Array {
  const factor = choleskyFactor(values, order)
  return Float32Array.from({ length: 2 * order * order }, (_, at) => {
    const [row, feature] = [Math.floor(at / order), at % order]
    return (row % 2 === 0 ? 1 : -1) * Math.sqrt(order) * factor[feature * order + Math.floor(row / 2)]!
  })
}

/** L with A = L·Lᵀ; columns whose pivot is but rounding are 0. */
function choleskyFactor(values: ArrayLike<number>, order: number): Float64Array {
  const factor = new Float64Array(order * order)
  const largest = Math.max(...Array.from({ length: order }, (_, i) => values[i * (order + 1)]!))
  for (let column = 0; column < order; column++) {
    const rest = (row: number): number => {
      let sum = values[row * order + column]!
      for (let k = 0; k < column; k++) sum -= factor[row * order + k]! * factor[column * order + k]!
      return sum
    }
    const pivot = rest(column)
    if (pivot <= 1e-7 * largest) continue
    for (let row = column; row < order; row++) factor[row * order + column] = rest(row) / Math.sqrt(pivot)
  }
  return factor
}

function isCovariance({ name, state, values, order }: HardMatrix): boolean {
  if (state === 'non-finite') return false
  const smallest = eigenvaluesByDefinition(values, order).at(-1)!
  return smallest >= -1e-6 * Math.max(...values) && !name.includes('−3')
}

/** All that a `LayerSpectrum` says, against the definitions applied to the very same f32 activations. */
function expectDefinitions(actual: LayerSpectrum, activations: Float32Array, samples: number, features: number): void {
  const exact = eigenvaluesByDefinition(covarianceByDefinition(activations, samples, features), features)
  const expected = metricsByDefinition(exact, actual.threshold)
  const label = `${samples} × ${features} with ${actual.solver}`
  expect(actual.eigenvalues, label).toBeInstanceOf(Float32Array)
  expect(distance(actual.eigenvalues, exact), label).toBeLessThan(eigenvalueBound(features))
  expect(actual.eigenvalues, label).toEqual(actual.eigenvalues.toSorted().toReversed())
  const k = actual.intrinsicDimension + (actual.convention === 'delve' ? 1 : 0)
  expect(Math.abs(k - expected.k), label).toBeLessThanOrEqual(expected.margin >= 1e-4 ? 0 : 1)
  expect(actual.saturation, label).toBe(actual.intrinsicDimension / features)
  expect(actual.interval, label).toHaveLength(2)
  expect(actual.interval[0], label).toBeLessThanOrEqual(actual.intrinsicDimension)
  expect(actual.interval[1], label).toBeGreaterThanOrEqual(actual.intrinsicDimension)
  if (expected.margin >= 1e-4) expect(actual.interval[1] - actual.interval[0], label).toBe(0)
  for (const metric of ['trace', 'effectiveRank', 'participationRatio', 'stableRank'] as const) {
    expect(Math.abs(actual[metric] / expected[metric] - 1), `${metric}, ${label}`).toBeLessThan(2e-5)
  }
  expect(actual.samples, label).toBe(samples)
  expect(actual.provisional, label).toBe(samples < 10 * features)
  expect(actual.state, label).toBe('ok')
}

const FIELDS =
  'convention effectiveRank eigenvalues eigenvectors interval intrinsicDimension logDeterminant participationRatio ' +
  'provisional samples samplesPerFeature saturation solver stableRank state sweeps threshold trace zeroEigenvalues'

describe('analyzeActivations', () => {
  test('gives Delve’s ten layers their eigenvalues, counts and ranks with Jacobi', async () => {
    expect(DELVE_CASES).toHaveLength(10)
    for (const expected of DELVE_CASES) {
      const { name, activations, samples, features, ranks } = expected
      const shape = { samples, features }
      const paper = await analyzeActivations(activations, shape, { solver: 'jacobi' })
      const delve = await analyzeActivations(activations, shape, { solver: 'jacobi', convention: 'delve' })
      expect(paper).toMatchObject({ threshold: 0.99, convention: 'paper', solver: 'jacobi', samples })
      expect(distance(paper.eigenvalues, expected.eigenvalues), name).toBeLessThan(2e-6)
      expect(paper.intrinsicDimension, name).toBe(expected.paperDimension)
      expect(delve.intrinsicDimension, name).toBe(expected.delveDimension)
      expect(Math.abs(paper.trace - expected.trace), name).toBeLessThanOrEqual(2e-6 * expected.trace)
      expect(paper.state, name).toBe(ranks ? 'ok' : 'dead')
      if (!ranks) expect([paper.effectiveRank, paper.participationRatio, paper.stableRank]).toEqual([0, 0, 0])
      else {
        expect(paper.effectiveRank / ranks.effective, name).toBeCloseTo(1, 5)
        expect(paper.participationRatio / ranks.participation, name).toBeCloseTo(1, 5)
        expect(paper.stableRank / ranks.stable, name).toBeCloseTo(1, 5)
      }
    }
  })

  test('gets every covariance of the list of matrices right with every solver', async () => {
    const covariances = hardMatrices(88).filter(isCovariance)
    expect(covariances.length).toBeGreaterThan(18)
    for (const solver of SOLVERS) {
      for (const matrix of covariances) {
        const { name, order, k, state } = matrix
        const activations = activationsWithCovariance(matrix)
        const described = await analyzeActivations(activations, { samples: 2 * order, features: order }, { solver })
        const label = `${name} with ${solver}`
        expect(described.state, label).toBe(state)
        expect(described.intrinsicDimension, label).toBe(k)
        const exact = eigenvaluesByDefinition(covarianceByDefinition(activations, 2 * order, order), order)
        expect(distance(described.eigenvalues, exact), label).toBeLessThan(eigenvalueBound(order))
      }
    }
  })

  test('says what the definitions say, at every shape, offset, threshold and convention', async () => {
    const shapes = [
      [2, 3],
      [7, 20],
      [40, 1],
      [520, 17],
      [1100, 30],
    ] as const
    for (const solver of SOLVERS) {
      for (const [index, [samples, features]] of shapes.entries()) {
        for (const offset of [0, 300, 10_000]) {
          const activations = correlatedActivations(samples, features, offset, index + 1)
          const options = { solver, threshold: [0.9, 0.99, 0.5][index % 3]!, convention: 'paper' } as const
          const described = await analyzeActivations(activations, { samples, features }, options)
          expect(described.threshold).toBe(options.threshold)
          expectDefinitions(described, activations, samples, features)
        }
      }
      const activations = correlatedActivations(99, 9, 30, 5)
      const delve = await analyzeActivations(activations, { samples: 99, features: 9 }, { solver, convention: 'delve' })
      expect(delve.convention).toBe('delve')
      expectDefinitions(delve, activations, 99, 9)
    }
  })

  test('sees the same directions however large or small the activations are', async () => {
    const [samples, features] = [200, 12]
    const plain = correlatedActivations(samples, features, 3, 2)
    for (const solver of SOLVERS) {
      const expected = await analyzeActivations(plain, { samples, features }, { solver })
      for (const exponent of [-66, -50, -20, 20, 50, 60]) {
        const scaled = plain.map((value) => value * 2 ** exponent)
        const described = await analyzeActivations(scaled, { samples, features }, { solver })
        expect(described.state, `2^${exponent} with ${solver}`).toBe('ok')
        expect(described.intrinsicDimension, `2^${exponent} with ${solver}`).toBe(expected.intrinsicDimension)
        const unscaled = described.eigenvalues.map((value) => value * 2 ** (-2 * exponent))
        expect(distance(unscaled, expected.eigenvalues), `2^${exponent} with ${solver}`).toBeLessThan(1e-4)
      }
    }
  })

  test('equals the float64 definitions in 200 random networks with mean offsets up to 300', async () => {
    const samples = 120
    let exact = 0
    for (let seed = 1; seed <= 200; seed++) {
      const { values, features } = randomNetworkActivations(seed, samples)
      const described = await analyzeActivations(values, { samples, features }, { solver: 'jacobi' })
      const twin = eigenvaluesByDefinition(covarianceByDefinition(values, samples, features), features)
      const { k, margin } = metricsByDefinition(twin, 0.99)
      const difference = Math.abs(described.intrinsicDimension - k)
      expect(difference, `network ${seed}`).toBeLessThanOrEqual(margin >= 1e-4 ? 0 : 1)
      if (margin >= 1e-4) exact++
    }
    expect(exact).toBeGreaterThan(180)
  })

  test('pairs column j of the eigenvectors with eigenvalue j', async () => {
    const [samples, features] = [300, 11]
    const activations = correlatedActivations(samples, features, 50, 9)
    const covariance = covarianceByDefinition(activations, samples, features)
    for (const solver of SOLVERS) {
      const options = { solver, eigenvectors: true }
      const spectrum = await analyzeActivations(activations, { samples, features }, options)
      expect(Object.keys(spectrum).toSorted().join(' ')).toBe(FIELDS)
      const { eigenvalues, eigenvectors } = spectrum
      expect(eigenvectors).toBeInstanceOf(Float32Array)
      expect(eigenvectors).toHaveLength(features * features)
      const { residual, orthogonality, norm } = eigenResiduals(covariance, eigenvalues, eigenvectors!)
      expect(residual).toBeLessThanOrEqual(2 * features * 2 ** -23 * norm)
      expect(orthogonality).toBeLessThanOrEqual(4 * features * 2 ** -23)
    }
  })

  test('calls NaN and infinity non-finite, constants dead, and one sample provisional, whatever the solver', async () => {
    const [samples, features] = [30, 6]
    const shape = { samples, features }
    for (const solver of SOLVERS) {
      for (const [fault, at] of [
        [Number.NaN, 0],
        [Number.NaN, 179],
        [Infinity, 5],
        [-Infinity, 77],
      ] as const) {
        const values = correlatedActivations(samples, features, 1, 3)
        values[at] = fault
        const broken = await analyzeActivations(values, shape, { solver, eigenvectors: true })
        expect(broken).toMatchObject({ state: 'non-finite', samples, intrinsicDimension: Number.NaN })
        expect(broken.eigenvectors).toBeUndefined()
      }
      for (const constant of [0, 7.3, -1e-20, 3e30]) {
        const dead = await analyzeActivations(new Float32Array(samples * features).fill(constant), shape, { solver })
        expect(dead, `${constant} with ${solver}`).toMatchObject({ state: 'dead', saturation: 0, interval: [0, 0] })
        expect(dead).toMatchObject({ intrinsicDimension: 0, trace: 0, zeroEigenvalues: 6, effectiveRank: 0 })
      }
      const single = await analyzeActivations(Float32Array.of(1, 2, 3), { samples: 1, features: 3 }, { solver })
      expect(single).toMatchObject({ state: 'ok', provisional: true, intrinsicDimension: 0, saturation: 0 })
      const half = correlatedActivations(100, 6, 0, 4).map((value, at) => (at % 2 === 0 ? value : 4))
      const halfDead = await analyzeActivations(half, { samples: 100, features: 6 }, { solver })
      expect(halfDead).toMatchObject({ state: 'ok', zeroEigenvalues: 3, provisional: false })
      const logs = Array.from(halfDead.eigenvalues.subarray(0, 3), Math.log)
      expect(halfDead.logDeterminant).toBeCloseTo(logs[0]! + logs[1]! + logs[2]!, 9)
    }
  })
})
