import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../../experiment/random'
import type { DigitsData } from '../../../experiment/dataSpec'
import { createDataset } from '../../createDataset'
import type { Dataset } from '../../dataset'
import { StrokeRaster } from './strokeRaster'

function digitsSpec(settings: Partial<DigitsData>): DigitsData {
  const shape = { size: 14, classes: 10, samples: 2500 }
  return { kind: 'digits', ...shape, noise: 0.2, labelNoise: 0, heldOut: 0.2, standardise: 'none', ...settings }
}

/** Softmax regression by Adam on batches of 50; returns the share of held-out samples it gets right. */
function linearAccuracy(dataset: Dataset, steps: number): number {
  const { inputs, targets, features, trainingCount, heldOutCount } = dataset
  const weights = new Float64Array((features + 1) * 10)
  const [momentum, energy, gradient] = [weights.slice(), weights.slice(), weights.slice()]
  const random = new RandomStream(1, 'batches')
  const scores = new Float64Array(10)
  const score = (row: number) => {
    scores.set(weights.subarray(features * 10))
    for (let i = 0; i < features; i++) {
      const input = inputs[row * features + i]!
      for (let label = 0; label < 10; label++) scores[label] = scores[label]! + input * weights[i * 10 + label]!
    }
  }
  for (let step = 1; step <= steps; step++) {
    gradient.fill(0)
    for (let sample = 0; sample < 50; sample++) {
      const row = random.integer(trainingCount)
      score(row)
      const exponentials = scores.map((value) => Math.exp(value - Math.max(...scores)))
      const total = exponentials.reduce((sum, value) => sum + value, 0)
      for (let label = 0; label < 10; label++) {
        const error = (exponentials[label]! / total - (targets[row] === label ? 1 : 0)) / 50
        for (let i = 0; i <= features; i++) {
          const index = i * 10 + label
          gradient[index] = gradient[index]! + error * (i < features ? inputs[row * features + i]! : 1)
        }
      }
    }
    for (let index = 0; index < weights.length; index++) {
      momentum[index] = 0.9 * momentum[index]! + 0.1 * gradient[index]!
      energy[index] = 0.999 * energy[index]! + 0.001 * gradient[index]! ** 2
      const update = momentum[index]! / (1 - 0.9 ** step) / (Math.sqrt(energy[index]! / (1 - 0.999 ** step)) + 1e-8)
      weights[index] = weights[index]! - 0.003 * update
    }
  }
  let correct = 0
  for (let row = trainingCount; row < trainingCount + heldOutCount; row++) {
    score(row)
    if (scores.indexOf(Math.max(...scores)) === targets[row]) correct++
  }
  return correct / heldOutCount
}

describe('digits', () => {
  test('are learned by a linear model far above chance, but not to 95 %', () => {
    for (const noise of [0, 0.2]) {
      const accuracy = linearAccuracy(createDataset(digitsSpec({ noise, standardise: 'dataset' }), 7), 1000)
      expect(accuracy).toBeLessThan(0.95)
      expect(accuracy).toBeGreaterThan(0.75)
    }
  })

  test.each([8, 9, 14, 28])('at %i pixels a side hold ink shares, empty corners and a digit in the middle', (size) => {
    const { inputs, shape } = createDataset(digitsSpec({ size, noise: 0, samples: 500 }), 4)
    expect(shape).toEqual({ height: size, width: size, channels: 1 })
    expect(inputs.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true)
    const mean = new Float64Array(size * size)
    inputs.forEach((pixel, index) => (mean[index % (size * size)]! += pixel / 500))
    const corner = Math.max(mean[0]!, mean[size - 1]!, mean[size * (size - 1)]!, mean[size * size - 1]!)
    expect(corner).toBeLessThan(0.05)
    const ink = mean.reduce((sum, pixel) => sum + pixel, 0) / mean.length
    expect(ink).toBeGreaterThan(0.05)
    expect(ink).toBeLessThan(0.35)
  })

  test('are all different, each drawn anew', () => {
    const { inputs, features } = createDataset(digitsSpec({ noise: 0, samples: 1000 }), 4)
    const pictures = new Set(
      Array.from({ length: 1000 }, (_, row) => inputs.slice(row * features, (row + 1) * features).join()),
    )
    expect(pictures.size).toBe(1000)
  })

  test('stay the same hand when noise is added, and stay within [0, 1]', () => {
    const clean = createDataset(digitsSpec({ noise: 0, samples: 200 }), 4)
    const noisy = createDataset(digitsSpec({ noise: 1, samples: 200 }), 4)
    const offsets = noisy.inputs.map((pixel, index) => pixel - clean.inputs[index]!)
    // Cut off at 0 on the empty ground, the noise of deviation 0.3 has mean square ½·0.09 there.
    const meanSquare = offsets.reduce((sum, offset) => sum + offset ** 2, 0) / offsets.length
    expect(meanSquare).toBeGreaterThan(0.03)
    expect(meanSquare).toBeLessThan(0.09)
    expect(noisy.inputs.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true)
  })

  test('are made fast enough for the first seconds of the page: 6,000 at 14×14', () => {
    createDataset(digitsSpec({ samples: 500 }), 1)
    const times = [1, 2, 3].map((seed) => {
      const start = performance.now()
      createDataset(digitsSpec({ samples: 6000, standardise: 'dataset' }), seed)
      return performance.now() - start
    })
    // About 150 ms on a quiet core; the bound leaves room for a busy machine.
    expect(Math.min(...times)).toBeLessThan(1200)
  })
})

describe('StrokeRaster', () => {
  test('covers as much as the pen is wide: across a line the ink adds up to its width', () => {
    const raster = new StrokeRaster(40)
    for (const radius of [0.4, 1, 2.3]) {
      raster.clear(radius)
      raster.drawLine(10, 20.3, 30, 20.3)
      const picture = new Float32Array(1600)
      raster.copyInk(picture, 1)
      const column = Array.from({ length: 40 }, (_, row) => picture[row * 40 + 20]!).reduce((sum, ink) => sum + ink)
      expect(column).toBeCloseTo(2 * radius, 5)
    }
  })

  test('cuts off lines beyond the picture and draws a dot for a line of no length', () => {
    const raster = new StrokeRaster(8)
    const picture = new Float32Array(64)
    raster.clear(1)
    raster.drawLine(-50, -50, -20, -20)
    raster.copyInk(picture, 1)
    expect(picture.every((ink) => ink === 0)).toBe(true)
    raster.drawLine(4.5, 4.5, 4.5, 4.5)
    raster.copyInk(picture, 0.5)
    expect(picture[4 * 8 + 4]).toBe(0.5)
    expect(picture[0]).toBe(0)
  })
})
