import { describe, expect, test } from 'vitest'
import { drawSample } from './drawSample'
import type { Drawing } from './inspected'

const GREY = { height: 14, width: 14, channels: 1 } as const
const drawing = (strokes: Drawing['strokes'], ink: Drawing['ink'] = [1, 1, 1]): Drawing => ({
  kind: 'drawn',
  strokes,
  ink,
})
/** An L, not in the middle. */
const CORNER = [
  [0.2, 0.1, 0.2, 0.5],
  [0.2, 0.5, 0.35, 0.5],
]
const moved = (strokes: Drawing['strokes'], scale: number, by: number) =>
  strokes.map((stroke) => stroke.map((value) => value * scale + by))

function inkBox(picture: Float32Array, width: number) {
  const at = [...picture.keys()].filter((pixel) => picture[pixel]! > 0.1)
  const [columns, rows] = [at.map((pixel) => pixel % width), at.map((pixel) => Math.floor(pixel / width))]
  return { left: Math.min(...columns), right: Math.max(...columns), top: Math.min(...rows), bottom: Math.max(...rows) }
}

describe('a drawing becomes a picture', () => {
  test('in the frame of the generated digits, wherever and however large it was drawn', () => {
    const picture = drawSample(drawing(CORNER), GREY, 'digits')
    const elsewhere = drawSample(drawing(moved(CORNER, 1.8, 0.05)), GREY, 'digits')
    expect(Math.max(...picture)).toBeGreaterThan(0.7)
    picture.forEach((ink, pixel) => expect(elsewhere[pixel]).toBeCloseTo(ink, 5))
    // As high as those are: 0.68 of the picture, and the pen.
    const { left, right, top, bottom } = inkBox(picture, 14)
    expect(bottom - top + 1).toBeGreaterThanOrEqual(10)
    expect(bottom - top + 1).toBeLessThanOrEqual(12)
    expect(Math.abs(top + bottom - 13)).toBeLessThanOrEqual(1)
    expect(Math.abs(left + right - 13)).toBeLessThanOrEqual(1)
  })

  test('around its centre of mass in 20 of 28 pixels for files in the format of MNIST', () => {
    const shape = { height: 28, width: 28, channels: 1 }
    const picture = drawSample(drawing(CORNER), shape, 'idx')
    const { top, bottom } = inkBox(picture, 28)
    expect(Math.abs(bottom - top + 1 - 20)).toBeLessThanOrEqual(1)
    const sum = (of: (pixel: number) => number) => picture.reduce((total, ink, pixel) => total + ink * of(pixel), 0)
    const mass = sum(() => 1)
    expect(Math.abs(sum((pixel) => (pixel % 28) + 0.5) / mass - 14)).toBeLessThan(0.1)
    expect(Math.abs(sum((pixel) => Math.floor(pixel / 28) + 0.5) / mass - 14)).toBeLessThan(0.1)
  })

  test('where it was drawn, in the colour of the pen, for other pictures', () => {
    const shape = { height: 10, width: 20, channels: 3 }
    const picture = drawSample(drawing([[0.25, 0.25, 0.25, 0.75]], [1, 0.5, 0]), shape, 'shapes')
    expect(picture).toHaveLength(600)
    const at = (row: number, column: number) => [
      ...picture.subarray((row * 20 + column) * 3, (row * 20 + column) * 3 + 3),
    ]
    expect(at(5, 5)[0]).toBeGreaterThan(0.5)
    expect(at(5, 5)[1]).toBeCloseTo(at(5, 5)[0]! / 2, 5)
    expect(at(5, 5)[2]).toBe(0)
    expect(at(5, 15)).toEqual([0, 0, 0])
    expect(at(9, 5)).toEqual([0, 0, 0])
  })

  test('also of a single dot, and of nothing', () => {
    const dot = drawSample(drawing([[0.9, 0.9]]), GREY, 'digits')
    const { left, right, top, bottom } = inkBox(dot, 14)
    expect([left, right, top, bottom]).toEqual([6, 7, 6, 7])
    expect(drawSample(drawing([]), GREY, 'idx').every((ink) => ink === 0)).toBe(true)
  })
})
