import { describe, expect, test } from 'vitest'
import type { TexturesData } from '../../experiment/dataSpec'
import { createDataset } from '../createDataset'
import type { Dataset } from '../dataset'

function texturesSpec(settings: Partial<TexturesData>): TexturesData {
  const shape = { size: 24, classes: 5, scale: 6, samples: 2000 }
  return { kind: 'textures', ...shape, noise: 0, labelNoise: 0, heldOut: 0.5, standardise: 'none', ...settings }
}

type Statistic = (picture: Float32Array) => Float64Array

/**
 * Share of held-out pictures whose statistic is nearest to the mean one of their own class, distances being counted in
 * deviations of each of its numbers.
 */
function nearestMeanAccuracy(dataset: Dataset, statistic: Statistic): number {
  const { inputs, targets, features, trainingCount, heldOutCount, task } = dataset
  const classes = task.kind === 'classification' ? task.classes : 0
  const statistics = Array.from(targets, (_, row) => statistic(inputs.subarray(row * features, (row + 1) * features)))
  const training = statistics.slice(0, trainingCount)
  const length = training[0]?.length ?? 0
  const average = (list: readonly Float64Array[]) =>
    Float64Array.from({ length }, (_, i) => list.reduce((total, values) => total + values[i]!, 0) / list.length)
  const centre = average(training)
  const variance = average(training.map((values) => values.map((value, i) => (value - centre[i]!) ** 2)))
  const means = Array.from({ length: classes }, (_, label) =>
    average(training.filter((_, row) => targets[row] === label)),
  )
  let right = 0
  for (let row = trainingCount; row < trainingCount + heldOutCount; row++) {
    const distances = means.map((mean) =>
      mean.reduce((far, value, i) => far + (value - statistics[row]![i]!) ** 2 / (variance[i]! || 1), 0),
    )
    if (distances.indexOf(Math.min(...distances)) === targets[row]) right++
  }
  return right / heldOutCount
}

/** How often each of the 2^(side²) patterns of light and dark is seen through a window of side×side pixels. */
function patchHistogram(size: number, side: number): Statistic {
  return (picture) => {
    const counts = new Float64Array(2 ** (side * side))
    for (let top = 0; top + side <= size; top++) {
      for (let left = 0; left + side <= size; left++) {
        let pattern = 0
        for (let pixel = 0; pixel < side * side; pixel++) {
          const at = (top + Math.floor(pixel / side)) * size + left + (pixel % side)
          pattern = 2 * pattern + (picture[at]! > 0.5 ? 1 : 0)
        }
        counts[pattern] = counts[pattern]! + 1
      }
    }
    return counts
  }
}

/**
 * Of the pairs of light pixels that a window of side×side pixels can see at once, the share of each displacement:
 * whether there are more or fewer pairs in all says nothing on the class.
 */
function pairCounts(size: number, side: number): Statistic {
  return (picture) => {
    const counts: number[] = []
    for (let down = 0; down < side; down++) {
      for (let right = down === 0 ? 1 : 1 - side; right < side; right++) {
        let count = 0
        for (let row = 0; row + down < size; row++) {
          for (let column = Math.max(0, -right); column + Math.max(0, right) < size; column++) {
            count += picture[row * size + column]! * picture[(row + down) * size + column + right]!
          }
        }
        counts.push(count)
      }
    }
    const all = counts.reduce((total, count) => total + count, 0)
    return Float64Array.from(counts, (count) => count / Math.max(1, all))
  }
}

/** Four deviations of the share right by chance of this many pictures. */
const chance = (classes: number, pictures: number) =>
  1 / classes + 4 * Math.sqrt(((1 / classes) * (1 - 1 / classes)) / pictures)

describe('textures', () => {
  test('cannot be told apart by anything seen through windows as large as their scale', () => {
    const dataset = createDataset(texturesSpec({}), 4)
    const limit = chance(5, 1000)
    expect(nearestMeanAccuracy(dataset, (picture) => Float64Array.of(picture.reduce((a, b) => a + b)))).toBeLessThan(
      limit,
    )
    expect(nearestMeanAccuracy(dataset, patchHistogram(24, 2))).toBeLessThan(limit)
    expect(nearestMeanAccuracy(dataset, patchHistogram(24, 3))).toBeLessThan(limit)
    expect(nearestMeanAccuracy(dataset, pairCounts(24, 6))).toBeLessThan(limit)
  })

  test('are told apart through windows one pixel larger', () => {
    expect(nearestMeanAccuracy(createDataset(texturesSpec({}), 4), pairCounts(24, 7))).toBeGreaterThan(0.98)
  })

  test('of scale 2 are told apart by patches of 3×3 pixels, and not by patches of 2×2', () => {
    const dataset = createDataset(texturesSpec({ scale: 2 }), 4)
    expect(nearestMeanAccuracy(dataset, patchHistogram(24, 2))).toBeLessThan(chance(5, 1000))
    expect(nearestMeanAccuracy(dataset, patchHistogram(24, 3))).toBeGreaterThan(0.9)
  })

  test('of twenty classes are all different, at a scale that has just as many', () => {
    const dataset = createDataset(texturesSpec({ classes: 20, scale: 5 }), 4)
    expect(nearestMeanAccuracy(dataset, pairCounts(24, 6))).toBeGreaterThan(0.98)
    expect(nearestMeanAccuracy(dataset, pairCounts(24, 5))).toBeLessThan(chance(20, 1000))
  })

  test('have as many light pixels in every class, and they vary as much', () => {
    const { inputs, targets, features } = createDataset(texturesSpec({ classes: 4, samples: 8000, heldOut: 0 }), 9)
    const light = Array.from(targets, (_, row) =>
      inputs.subarray(row * features, (row + 1) * features).reduce((total, pixel) => total + pixel, 0),
    )
    const moments = [0, 1, 2, 3].map((label) => {
      const counts = light.filter((_, row) => targets[row] === label)
      const mean = counts.reduce((total, count) => total + count, 0) / counts.length
      return { mean, variance: counts.reduce((total, count) => total + (count - mean) ** 2, 0) / counts.length }
    })
    for (const { mean, variance } of moments) {
      // 576 pixels, light with 1 − 0.95²; pairs add 2·576·(P(both) − 0.0975²) to the variance of independent ones.
      const expected = 576 * 0.0975 * 0.9025 + 2 * 576 * (0.052375 - 0.0975 ** 2)
      expect(Math.abs(mean - 576 * 0.0975)).toBeLessThan(1)
      expect(Math.abs(variance - expected)).toBeLessThan(0.12 * expected)
    }
  })

  test('become harder with noise', () => {
    const accuracy = (noise: number) =>
      nearestMeanAccuracy(
        createDataset(texturesSpec({ size: 16, scale: 4, samples: 1000, noise }), 4),
        pairCounts(16, 5),
      )
    expect(accuracy(0)).toBeGreaterThan(0.9)
    expect(accuracy(3)).toBeLessThan(accuracy(0) - 0.2)
  })

  test('are made fast enough: 6,000 at 16×16 in less than two seconds', () => {
    const spec = texturesSpec({ size: 16, scale: 4, samples: 6000, noise: 0.1 })
    createDataset({ ...spec, samples: 500 }, 1)
    const times = [1, 2, 3].map((seed) => {
      const start = performance.now()
      createDataset(spec, seed)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(2000)
  })
})
