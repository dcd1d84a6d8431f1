import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../experiment/random'
import { solveProbe, type ProbeProblem } from './solveProbe'

const CLASSES = 5

interface ProblemOptions {
  readonly width: number
  readonly samples?: number
  /** The feature's value of a sample of that class. */
  readonly feature: (label: number, feature: number, random: RandomStream) => number
}

function problem({ width, samples = 400, feature }: ProblemOptions): ProbeProblem {
  const random = new RandomStream(7, 'probe problem')
  const draw = () => {
    const labels = Uint32Array.from({ length: samples }, () => random.integer(CLASSES))
    const features = Float32Array.from({ length: samples * width }, (_, index) =>
      feature(labels[Math.floor(index / width)]!, index % width, random),
    )
    return { features, labels }
  }
  return { width, classes: CLASSES, training: draw(), heldOut: draw() }
}

describe('a linear probe', () => {
  test('is right about every held-out sample where classes lie apart', () => {
    const apart = problem({
      width: CLASSES,
      feature: (label, feature, random) => (label === feature ? 3 : 0) + random.normal(0, 0.1),
    })
    expect(solveProbe(apart)).toBe(1)
  })

  test('does no better than chance where features know nothing of the classes', () => {
    const blind = problem({ width: 12, samples: 2_000, feature: (_label, _feature, random) => random.normal() })
    const accuracy = solveProbe(blind)!
    // A share of 0.2 of 2,000 samples has a deviation of 0.009.
    expect(Math.abs(accuracy - 1 / CLASSES)).toBeLessThan(0.04)
  })

  test('does not care for the scale and offset of a feature', () => {
    const options: ProblemOptions = {
      width: 4,
      feature: (label, feature, random) => Math.cos(label + feature) + random.normal(0, 0.8),
    }
    const scaled: ProblemOptions = {
      ...options,
      feature: (label, feature, random) => 1_000 * options.feature(label, feature, random) + 50 * feature,
    }
    const accuracy = solveProbe(problem(options))!
    expect(accuracy).toBeGreaterThan(0.3)
    expect(accuracy).toBeLessThan(1)
    expect(solveProbe(problem(scaled))).toBeCloseTo(accuracy, 2)
  })

  test('reads nothing from units that always say the same, rounding included', () => {
    const dead = problem({
      width: 3,
      feature: (label, feature) => (feature === 0 ? 0 : 1e3 + (feature === 2 ? label * 1e-4 : 0)),
    })
    expect(solveProbe(dead)).toBeLessThan(0.35)
  })

  test('says nothing of a layer that holds NaN or infinity', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const broken = problem({ width: 2, feature: (_label, _feature, random) => random.normal() })
      broken.heldOut.features[11] = bad
      expect(solveProbe(broken)).toBeUndefined()
    }
  })
})
