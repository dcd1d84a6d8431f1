import { describe, expect, test } from 'vitest'
import { describeSpectrum } from './layerSpectrum'
import type { MeasuredSpectrum } from './spectrum'

function measured(eigenvalues: readonly number[], changes: Partial<MeasuredSpectrum> = {}): MeasuredSpectrum {
  return {
    eigenvalues: Float32Array.from(eigenvalues),
    samples: 1000,
    state: 'ok',
    solver: 'reference',
    sweeps: 0,
    offDiagonalNorm: 0,
    ...changes,
  }
}

const paper = { threshold: 0.99, convention: 'paper' } as const

describe('the metrics of a spectrum', () => {
  test('follow their definitions on a spectrum small enough to do by hand', () => {
    const described = describeSpectrum(measured([4, 2, 1, 1, 0]), 5, { threshold: 0.75, convention: 'paper' })
    expect(described.intrinsicDimension).toBe(2)
    expect(described.saturation).toBe(0.4)
    expect(described.trace).toBe(8)
    expect(described.logDeterminant).toBeCloseTo(Math.log(8), 14)
    expect(described.zeroEigenvalues).toBe(1)
    const entropy = 0.5 * Math.log(2) + 0.25 * Math.log(4) + 2 * 0.125 * Math.log(8)
    expect(described.effectiveRank).toBeCloseTo(Math.exp(entropy), 14)
    expect(described.participationRatio).toBeCloseTo(64 / 22, 14)
    expect(described.stableRank).toBe(2)
    expect(described.samplesPerFeature).toBe(200)
    expect(described.state).toBe('ok')
  })

  test('take negatives from rounding as zero and leave the solver’s output as it was', () => {
    const described = describeSpectrum(measured([1, 0, -1e-7]), 3, paper)
    expect(described.trace).toBe(1)
    expect(described.zeroEigenvalues).toBe(2)
    expect(described.intrinsicDimension).toBe(1)
    expect(described.eigenvalues[2]).toBeLessThan(0)
  })

  test('of d equal eigenvalues are all d, whichever way rank is counted', () => {
    const described = describeSpectrum(measured([3, 3, 3, 3]), 4, paper)
    expect(described.intrinsicDimension).toBe(4)
    expect(described.effectiveRank).toBeCloseTo(4, 14)
    expect(described.participationRatio).toBeCloseTo(4, 14)
    expect(described.stableRank).toBe(4)
  })
})

describe('the state of a spectrum', () => {
  test('is dead with every rank 0 where nothing varies', () => {
    const described = describeSpectrum(measured([0, 0, 0]), 3, paper)
    expect(described.state).toBe('dead')
    expect(described.zeroEigenvalues).toBe(3)
    const { intrinsicDimension, saturation, effectiveRank, participationRatio, stableRank, interval } = described
    expect([intrinsicDimension, saturation, effectiveRank, participationRatio, stableRank]).toEqual([0, 0, 0, 0, 0])
    expect(interval).toEqual([0, 0])
  })

  test('is provisional and not dead for a single sample', () => {
    const described = describeSpectrum(measured([0, 0], { samples: 1 }), 2, paper)
    expect(described.state).toBe('ok')
    expect(described.provisional).toBe(true)
    expect(described.intrinsicDimension).toBe(0)
  })

  test('is provisional below ten samples per feature', () => {
    expect(describeSpectrum(measured([1, 1], { samples: 19 }), 2, paper).provisional).toBe(true)
    expect(describeSpectrum(measured([1, 1], { samples: 20 }), 2, paper).provisional).toBe(false)
  })

  test('is provisional below 64 images, however many positions they have', () => {
    const few = describeSpectrum(measured([1, 1], { samples: 63 * 784, images: 63 }), 2, paper)
    expect([few.provisional, few.images, few.samplesPerFeature]).toEqual([true, 63, (63 * 784) / 2])
    expect(describeSpectrum(measured([1, 1], { samples: 64, images: 64 }), 2, paper).provisional).toBe(false)
    expect(describeSpectrum(measured([1, 1], { samples: 64, images: 64 }), 7, paper).provisional).toBe(true)
    expect(describeSpectrum(measured([1, 1]), 2, paper)).not.toHaveProperty('images')
  })

  test('is not-converged before it is dead, and non-finite before all with no number claimed', () => {
    expect(describeSpectrum(measured([0, 0], { state: 'not-converged' }), 2, paper).state).toBe('not-converged')
    const broken = describeSpectrum(measured([0, 0], { state: 'non-finite' }), 2, paper)
    expect(broken.state).toBe('non-finite')
    expect([
      broken.intrinsicDimension,
      broken.saturation,
      broken.trace,
      broken.effectiveRank,
      ...broken.interval,
    ]).toEqual(Array(6).fill(Number.NaN))
  })
})
