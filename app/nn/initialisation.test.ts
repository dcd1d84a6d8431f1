import { expect, test } from 'vitest'
import type { Initialisation } from '../experiment/spec'
import { denseLayer } from '../experiment/defaults'
import { flatShape } from '../experiment/tensorShape'
import { buildGraph } from './buildGraph'
import { initialValues } from './initialisation'

const WIDTHS = { inputs: 200, outputs: 300 }

/** Weights and biases of a layer with this id. */
function initialiseLayer(initialisation: Initialisation, { inputs, outputs }: typeof WIDTHS, seed: number, id: number) {
  const graph = buildGraph([denseLayer(id, outputs, 'linear')], flatShape(inputs))
  const [weights, bias] = initialValues(initialisation, graph, seed)
  return { weights: weights!, bias: bias! }
}

function describeValues(values: Float32Array): { mean: number; deviation: number; largest: number; kurtosis: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return { mean, deviation: Math.sqrt(moment(2)), largest, kurtosis: moment(4) / moment(2) ** 2 }
}

const EXPECTED: { initialisation: Initialisation; deviation: number; shape: 'uniform' | 'normal' }[] = [
  { initialisation: 'torch', deviation: 1 / Math.sqrt(200) / Math.sqrt(3), shape: 'uniform' },
  { initialisation: 'glorot', deviation: Math.sqrt(2 / 500), shape: 'uniform' },
  { initialisation: 'he', deviation: Math.sqrt(2 / 200), shape: 'normal' },
  { initialisation: 'lecun', deviation: Math.sqrt(1 / 200), shape: 'normal' },
  { initialisation: { kind: 'normal', scale: 0.37 }, deviation: 0.37, shape: 'normal' },
]

test('weights have the mean, deviation and shape of their distribution', () => {
  for (const { initialisation, deviation, shape } of EXPECTED) {
    const { weights } = initialiseLayer(initialisation, WIDTHS, 7, 1)
    const seen = describeValues(weights)
    const name = JSON.stringify(initialisation)
    // 60,000 values: four standard errors of mean, deviation and kurtosis.
    expect(Math.abs(seen.mean) / deviation, name).toBeLessThan(4 / Math.sqrt(60_000))
    expect(Math.abs(seen.deviation / deviation - 1), name).toBeLessThan(4 / Math.sqrt(2 * 60_000))
    expect(Math.abs(seen.kurtosis - (shape === 'uniform' ? 1.8 : 3)), name).toBeLessThan(4 * Math.sqrt(24 / 60_000))
    const bound = deviation * Math.sqrt(3)
    if (shape === 'uniform') {
      expect(seen.largest, name).toBeLessThanOrEqual(Math.fround(bound))
      expect(seen.largest, name).toBeGreaterThan(bound * 0.999)
    }
  }
})

test('biases are 0, but in PyTorch’s default uniform like the weights', () => {
  for (const { initialisation } of EXPECTED) {
    const { bias } = initialiseLayer(initialisation, { inputs: 25, outputs: 4000 }, 7, 1)
    if (initialisation === 'torch') {
      const { deviation, largest } = describeValues(bias)
      expect(Math.abs(deviation * Math.sqrt(3) * 5 - 1)).toBeLessThan(4 / Math.sqrt(2 * 4000))
      expect(largest).toBeLessThanOrEqual(Math.fround(0.2))
    } else {
      expect(bias).toEqual(new Float32Array(4000))
    }
  }
})

test('the same seed and layer id give the same parameters; another of either gives others', () => {
  const first = initialiseLayer('torch', WIDTHS, 7, 1)
  expect(initialiseLayer('torch', WIDTHS, 7, 1)).toEqual(first)
  for (const [seed, layerId] of [
    [8, 1],
    [7, 2],
    [1, 7],
  ] as const) {
    const other = initialiseLayer('torch', WIDTHS, seed, layerId)
    const shared = other.weights.filter((value, at) => value === first.weights[at]).length
    expect(shared).toBeLessThan(10)
  }
})

test('weights and biases of a layer are drawn independently', () => {
  const { weights, bias } = initialiseLayer('torch', { inputs: 1, outputs: 1000 }, 7, 1)
  expect(weights.filter((value, at) => value === bias[at]).length).toBeLessThan(5)
})
