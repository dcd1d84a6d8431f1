import { describe, expect, test } from 'vitest'
import type { Standardise } from '../experiment/dataSpec'
import { assembleDataset, type Samples, type Split } from './samples'

/** [count][features] as samples; the last two rows are held out. */
function assemble(rows: readonly (readonly number[])[], standardise: Standardise, channels = rows[0]?.length ?? 0) {
  const features = rows[0]?.length ?? 0
  const samples: Samples = {
    name: 'rows',
    task: { kind: 'regression', outputs: 1 },
    shape: { height: features / channels, width: 1, channels },
    features,
    count: rows.length,
    copyInputs: (sample, into) => into.set(rows[sample]!),
    targets: Float32Array.from(rows, (_, index) => index),
    notes: [],
  }
  const split: Split = { order: Uint32Array.from(rows.keys()), trainingCount: rows.length - 2 }
  return assembleDataset(samples, split, standardise)
}

function column(values: Float32Array, features: number, feature: number, rows: number): number[] {
  return Array.from({ length: rows }, (_, row) => values[row * features + feature]!)
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) }
}

const ROWS = [
  [1, 100, 5],
  [2, 300, 5],
  [3, 200, 5],
  [6, 400, 5],
  [1000, -7, 9],
  [-50, 0, 5],
]

describe('standardisation', () => {
  test('per feature gives the training part mean 0 and deviation 1, whatever the held-out part holds', () => {
    const dataset = assemble(ROWS, 'feature')
    for (const feature of [0, 1]) {
      const { mean, deviation } = moments(column(dataset.inputs, 3, feature, 4))
      expect(mean).toBeCloseTo(0, 6)
      expect(deviation).toBeCloseTo(1, 6)
    }
    const changed = assemble([...ROWS.slice(0, 4), [7, 7, 7], [8, 8, 8]], 'feature')
    expect(changed.standardisation).toEqual(dataset.standardisation)
    expect(changed.inputs.subarray(0, 12)).toEqual(dataset.inputs.subarray(0, 12))
  })

  test('per channel gives each channel of images mean 0 and deviation 1 over all positions', () => {
    const images = [
      [1, 100, 3, 300],
      [2, 200, 6, -50],
      [9, 9, 9, 9],
      [5, 5, 5, 5],
    ]
    const { inputs, standardisation } = assemble(images, 'channel', 2)
    expect(standardisation.mean).toEqual(Float32Array.of(3, 137.5))
    for (const channel of [0, 1]) {
      const { mean, deviation } = moments(column(inputs.subarray(0, 8), 2, channel, 4))
      expect(mean).toBeCloseTo(0, 6)
      expect(deviation).toBeCloseTo(1, 6)
    }
  })

  test('per channel of what is no image is per feature', () => {
    expect(assemble(ROWS, 'channel')).toEqual(assemble(ROWS, 'feature'))
  })

  test('applies the training statistics to the held-out part', () => {
    const { inputs, standardisation } = assemble(ROWS, 'feature')
    expect(standardisation.mean[0]).toBeCloseTo(3, 6)
    expect(standardisation.deviation[0]).toBeCloseTo(Math.sqrt(3.5), 6)
    expect(inputs[12]).toBeCloseTo((1000 - 3) / Math.sqrt(3.5), 3)
  })

  test('divides a feature that is constant in training by 1', () => {
    const { inputs, standardisation } = assemble(ROWS, 'feature')
    expect(standardisation.deviation[2]).toBe(1)
    expect(column(inputs, 3, 2, 6)).toEqual([0, 0, 0, 0, 4, 0])
  })

  test('per data set uses one mean and deviation over all features of the training part', () => {
    const { inputs, standardisation } = assemble(ROWS, 'dataset')
    const expected = moments(ROWS.slice(0, 4).flat())
    expect([...standardisation.mean]).toEqual([Math.fround(expected.mean)])
    expect(standardisation.deviation[0]).toBeCloseTo(expected.deviation, 4)
    const { mean, deviation } = moments([...inputs.subarray(0, 12)])
    expect(mean).toBeCloseTo(0, 6)
    expect(deviation).toBeCloseTo(1, 6)
  })

  test('none leaves the numbers as they are', () => {
    const { inputs, standardisation } = assemble(ROWS, 'none')
    expect([...inputs]).toEqual(ROWS.flat())
    expect([...standardisation.mean, ...standardisation.deviation]).toEqual([0, 1])
  })

  test('keeps the spread of values whose mean float32 could not tell apart', () => {
    const timestamps = [0, 10, 20, 30, 40, 50].map((second) => [1_700_000_000 + second])
    const { inputs } = assemble(timestamps, 'feature')
    expect(new Set(inputs).size).toBe(6)
    expect(inputs[1]! - inputs[0]!).toBeCloseTo(10 / Math.sqrt(125), 5)
  })

  test('of a single training sample makes zeros', () => {
    const { inputs } = assemble(
      [
        [4, 5],
        [5, 5],
        [4, 6],
      ],
      'feature',
    )
    expect([...inputs]).toEqual([0, 0, 1, 0, 0, 1])
  })
})
