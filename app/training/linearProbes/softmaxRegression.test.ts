import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../experiment/random'
import { classify, fitSoftmax } from './softmaxRegression'

const WIDTH = 3
const CLASSES = 4
const SAMPLES = 60

/** Overlapping clouds: labels follow the features only in part. */
function overlappingClouds() {
  const random = new RandomStream(3, 'clouds')
  const labels = Uint32Array.from({ length: SAMPLES }, () => random.integer(CLASSES))
  const features = Float64Array.from(
    { length: SAMPLES * WIDTH },
    (_, index) => random.normal() + Math.cos(labels[Math.floor(index / WIDTH)]! + index),
  )
  return { features, width: WIDTH, labels }
}

/** The optimum by plain gradient descent on mean cross-entropy + 0.01/2·‖W‖², as [classes][WIDTH + bias]. */
function descend({ features, labels }: ReturnType<typeof overlappingClouds>): number[][] {
  const weights = Array.from({ length: CLASSES }, () => Array.from({ length: WIDTH + 1 }, () => 0))
  for (let step = 0; step < 6_000; step++) {
    const gradient = weights.map((row) => row.map((weight, index) => (index < WIDTH ? 0.01 * weight : 0)))
    labels.forEach((label, sample) => {
      const input = [...features.subarray(sample * WIDTH, (sample + 1) * WIDTH), 1]
      const powers = weights.map((row) => Math.exp(row.reduce((sum, weight, index) => sum + weight * input[index]!, 0)))
      const total = powers.reduce((sum, power) => sum + power, 0)
      powers.forEach((power, row) => {
        const share = (power / total - (row === label ? 1 : 0)) / SAMPLES
        input.forEach((value, index) => (gradient[row]![index]! += share * value))
      })
    })
    weights.forEach((row, index) => row.forEach((_, at) => (row[at]! -= 0.5 * gradient[index]![at]!)))
  }
  return weights
}

describe('softmax regression', () => {
  test('finds the optimum that plain gradient descent converges to', () => {
    const clouds = overlappingClouds()
    const { weights } = fitSoftmax(clouds, CLASSES)
    const expected = descend(clouds).flat()
    const worst = Math.max(...expected.map((weight, index) => Math.abs(weight - weights[index]!)))
    expect(worst).toBeLessThan(1e-3)
  })

  test('gives the same bits for the same samples', () => {
    expect(fitSoftmax(overlappingClouds(), CLASSES)).toEqual(fitSoftmax(overlappingClouds(), CLASSES))
  })

  test('separates what a line separates', () => {
    const features = Float64Array.of(-2, 1, -1, 0, -1, 2, 1, -1, 2, 0, 1.5, 1)
    const labels = Uint32Array.of(0, 0, 0, 1, 1, 1)
    expect(classify(fitSoftmax({ features, width: 2, labels }, 2), features, 2)).toEqual(labels)
  })

  test('without any feature that tells classes apart it says the most frequent one', () => {
    const labels = Uint32Array.of(2, 1, 2, 0, 2)
    const features = new Float64Array(labels.length)
    const classifier = fitSoftmax({ features, width: 1, labels }, 3)
    expect([...classify(classifier, Float64Array.of(0, 0), 1)]).toEqual([2, 2])
  })
})
