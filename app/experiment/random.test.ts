import { describe, expect, test } from 'vitest'
import { RandomStream } from './random'

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next)
}

function moments(values: readonly number[]): { mean: number; variance: number; kurtosis: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const central = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length
  const variance = central(2)
  return { mean, variance, kurtosis: central(4) / variance ** 2 }
}

describe('RandomStream', () => {
  test('gives the same numbers for ever: these were written down once', () => {
    const stream = new RandomStream(7, 'data')
    expect(draw(4, () => stream.uint32())).toEqual(PINNED_WORDS)
    const normals = new RandomStream(7, 'weights', 3)
    expect(draw(3, () => normals.normal())).toEqual(PINNED_NORMALS)
  })

  test('names a different stream by every difference in seed or purpose', () => {
    const names: [number, ...(string | number)[]][] = [
      [0],
      [1],
      [0, 'data'],
      [0, 'split'],
      [0, 'weights', 0],
      [0, 'weights', 1],
      [0, 'weights', '1'],
      [0, 'a', 'b'],
      [0, 'ab'],
      [0, 'b', 'a'],
      [2 ** 32 - 1],
    ]
    const first = names.map(([seed, ...purpose]) => new RandomStream(seed, ...purpose).uint32())
    expect(new Set(first).size).toBe(names.length)
  })

  test('shows no correlation between the streams of neighbouring seeds', () => {
    const count = 20_000
    for (const seed of [0, 1, 41, 1_000_000]) {
      const one = new RandomStream(seed, 'data')
      const other = new RandomStream(seed + 1, 'data')
      let product = 0
      for (let i = 0; i < count; i++) product += one.normal() * other.normal()
      expect(Math.abs(product / count)).toBeLessThan(4 / Math.sqrt(count))
    }
  })

  test('draws uniforms inside their interval with the right mean and variance', () => {
    const stream = new RandomStream(3, 'uniform')
    const values = draw(100_000, () => stream.uniform(-2, 4))
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(-2)
    expect(Math.max(...values.slice(0, 10_000))).toBeLessThan(4)
    const { mean, variance } = moments(values)
    expect(mean).toBeCloseTo(1, 1)
    expect(variance).toBeCloseTo(3, 1)
  })

  test('draws normals with mean 0, variance 1, kurtosis 3 and tails of the right weight', () => {
    const stream = new RandomStream(11, 'normal')
    const values = draw(200_000, () => stream.normal())
    const { mean, variance, kurtosis } = moments(values)
    expect(Math.abs(mean)).toBeLessThan(0.01)
    expect(Math.abs(variance - 1)).toBeLessThan(0.02)
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.1)
    const beyond = values.filter((value) => Math.abs(value) > 2).length / values.length
    expect(Math.abs(beyond - 0.0455)).toBeLessThan(0.002)
  })

  test('makes exactly Marsaglia’s normals: its own logarithm agrees with the built-in one', () => {
    const uniforms = new RandomStream(5, 'pair')
    const normals = new RandomStream(5, 'pair')
    for (let i = 0; i < 1_000; i++) {
      let x = 0
      let y = 0
      let square = 1
      while (square >= 1 || square === 0) {
        x = uniforms.uniform(-1, 1)
        y = uniforms.uniform(-1, 1)
        square = x * x + y * y
      }
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      expect(normals.normal()).toBeCloseTo(x * factor, 13)
      expect(normals.normal()).toBeCloseTo(y * factor, 13)
    }
  })

  test('draws every integer below a bound equally often', () => {
    const stream = new RandomStream(9, 'integers')
    const counts = Array.from({ length: 7 }, () => 0)
    for (let i = 0; i < 70_000; i++) {
      const drawn = stream.integer(7)
      counts[drawn] = (counts[drawn] ?? 0) + 1
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(22.5)
  })

  test('shuffles into every order equally often', () => {
    const stream = new RandomStream(2, 'orders')
    const counts = new Map<string, number>()
    for (let i = 0; i < 24_000; i++) {
      const items = Uint32Array.of(0, 1, 2, 3)
      stream.shuffle(items)
      const order = items.join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0)
    expect(chiSquare).toBeLessThan(49.7)
  })
})

const PINNED_WORDS = [3187306799, 35832658, 674557509, 1410410002]
const PINNED_NORMALS = [-0.3278838967085126, -2.4652883360301905, -1.2183423733119927]
