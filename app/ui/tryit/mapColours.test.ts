import { describe, expect, test } from 'vitest'
import { colourPixels, mapPixels, scaleGradient, scaleOf } from './mapColours'

/** Red, green, blue, opacity. */
function bytesOf(pixels: Uint32Array<ArrayBuffer>): number[][] {
  return Array.from(pixels, (_, index) => [...new Uint8Array(pixels.buffer, index * 4, 4)])
}
const lightness = ([red = 0, green = 0, blue = 0]: number[]): number => 0.3 * red + 0.6 * green + 0.1 * blue

describe('the colours of a layer’s maps', () => {
  test('go from 0 to the largest value where nothing can be negative, else as far to both sides', () => {
    const values = Float32Array.of(0, 2, 0.5)
    expect(scaleOf({ values, isSigned: false })).toEqual({ kind: 'positive', low: 0, high: 2 })
    expect(scaleOf({ values, isSigned: true })).toEqual({ kind: 'signed', low: -2, high: 2 })
    const broken = Float32Array.of(Number.NaN, Infinity, -3)
    expect(scaleOf({ values: broken, isSigned: true })).toMatchObject({ high: 3 })
  })

  test('are dark for nothing and brightest for the strongest, in both scales', () => {
    for (const isSigned of [false, true]) {
      const values = Float32Array.of(0, 1, ...(isSigned ? [-1] : []))
      const [nothing, ...strong] = bytesOf(mapPixels(values, scaleOf({ values, isSigned })))
      expect(lightness(nothing!)).toBeLessThan(40)
      for (const one of strong) expect(lightness(one)).toBeGreaterThan(150)
      expect(strong.every((one) => one[3] === 255)).toBe(true)
    }
    const [above, below] = bytesOf(mapPixels(Float32Array.of(1, -1), { kind: 'signed', low: -1, high: 1 }))
    expect(above![0]! > above![2]! && below![2]! > below![0]!).toBe(true)
  })

  test('of a dead layer are those of 0', () => {
    const zeros = new Float32Array(3)
    for (const isSigned of [false, true]) {
      const dead = mapPixels(zeros, scaleOf({ values: zeros, isSigned }))
      const values = Float32Array.of(0, 1)
      expect(dead[0]).toBe(mapPixels(values, scaleOf({ values, isSigned }))[0])
    }
  })

  test('tell what is no number from every number', () => {
    const scale = { kind: 'signed', low: -1, high: 1 } as const
    const values = Float32Array.from({ length: 101 }, (_, index) => index / 50 - 1)
    const colours = new Set(mapPixels(values, scale))
    for (const pixel of mapPixels(Float32Array.of(Number.NaN, Infinity, -Infinity), scale)) {
      expect(colours.has(pixel)).toBe(false)
    }
  })

  test('are on a legend from end to end', () => {
    expect(scaleGradient('positive')).toMatch(/^linear-gradient\(to right, rgb\(68 1 84\), .* rgb\(253 231 37\)\)$/)
  })
})

test('filters on colours are shown in them, cut off at both ends', () => {
  const pixels = colourPixels(Float32Array.of(-1, 0, 1, -3, 0.5, 7), [-1, 1])
  expect(bytesOf(pixels)).toEqual([
    [0, 128, 255, 255],
    [0, 191, 255, 255],
  ])
})
