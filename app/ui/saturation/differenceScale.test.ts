import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toOklab, type Oklab } from '../surface/okLab'
import { differencePalette, differencePosition, differenceTicks } from './differenceScale'

const css = readFileSync(new URL('../theme/tokens.css', import.meta.url), 'utf8')
const dark = css.indexOf(":root[data-theme='dark']")

/** Reads tokens of the light theme, the first block of the style sheet, or of the dark one, the last. */
function tokensFrom(start: number) {
  return (name: string) => new RegExp(`${name}: (#[0-9a-f]{6});`).exec(css.slice(start))?.[1] ?? 'missing'
}

type Vector = readonly [number, number, number]

function components(colour: string): Vector {
  const [red = NaN, green = NaN, blue = NaN] = (colour.match(/\d+/g) ?? []).map(Number)
  return [red, green, blue]
}

const apart = (one: Oklab, other: Oklab) => Math.hypot(...one.map((part, index) => part - other[index]!))

/** What colour-blind eyes see, severity 1, on linear light (Machado, Oliveira and Fernandes, 2009). */
const colourBlindness: Readonly<Record<string, readonly Vector[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function seenBy(matrix: readonly Vector[], colour: Vector): Vector {
  const light = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const [red = NaN, green = NaN, blue = NaN] = matrix.map((row) => {
    const sum = row.reduce((total, factor, index) => total + factor * light[index]!, 0)
    const bounded = Math.min(1, Math.max(0, sum))
    return 255 * (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055)
  })
  return [red, green, blue]
}

describe.each([
  ['light', 0],
  ['dark', dark],
])('the colours of differences in the %s theme', (_name, start) => {
  const palette = differencePalette(tokensFrom(start), 101).map(components)
  const perceived = palette.map((colour) => toOklab(colour))

  test('no difference is a colour without hue, half of the way between the ends', () => {
    const [, greenRed, blueYellow] = perceived[50]!
    expect(Math.hypot(greenRed, blueYellow)).toBeLessThan(0.01)
    const [less, more] = [apart(perceived[50]!, perceived[0]!), apart(perceived[50]!, perceived[100]!)]
    expect(Math.abs(less - more) / more).toBeLessThan(0.05)
  })

  test('equal steps look equal', () => {
    const steps = Array.from({ length: 20 }, (_, index) => apart(perceived[5 * index]!, perceived[5 * (index + 1)]!))
    const mean = steps.reduce((sum, step) => sum + step) / steps.length
    for (const step of steps) expect(Math.abs(step - mean) / mean).toBeLessThan(0.12)
  })

  test('lightness alone tells the size of a difference', () => {
    const lightness = perceived.map(([value]) => value)
    const outwards = [lightness.slice(50), lightness.slice(0, 51).toReversed()]
    const direction = Math.sign(lightness[100]! - lightness[50]!)
    for (const arm of outwards) {
      expect(arm).toEqual(arm.toSorted((one, other) => direction * (one - other)))
      expect(Math.abs(arm.at(-1)! - arm[0]!)).toBeGreaterThan(0.4)
    }
  })

  test.each(Object.entries(colourBlindness))('more and less of 5 points can be told apart with %s', (_kind, matrix) => {
    const at = (points: number) => Math.round(100 * differencePosition(points / 100, 'sqrt'))
    for (const points of [5, 10, 25, 50, 100]) {
      const seen = [at(-points), at(points)].map((index) => toOklab(seenBy(matrix, palette[index]!)))
      // A just noticeable difference in Oklab is about 0.02.
      expect(apart(seen[0]!, seen[1]!), `${points} points`).toBeGreaterThan(0.04)
    }
  })
})

test('no difference lies in the middle and 100 points at the ends, whatever the spacing', () => {
  for (const scale of ['sqrt', 'linear'] as const) {
    expect([-1, 0, 1].map((difference) => differencePosition(difference, scale))).toEqual([0, 0.5, 1])
    expect(differencePosition(-0.3, scale)).toBeCloseTo(1 - differencePosition(0.3, scale), 12)
  }
})

test('small differences have more room with square-root spacing', () => {
  expect(differencePosition(0.25, 'sqrt')).toBe(0.75)
  expect(differencePosition(0.25, 'linear')).toBe(0.625)
})

test('the legend names 5, 25, 50 and 100 points on both sides, and its labels never touch', () => {
  expect(differenceTicks('sqrt', 260).map(({ points }) => points)).toEqual([-100, -50, -25, -5, 0, 5, 25, 50, 100])
  for (const width of [120, 200, 260]) {
    for (const scale of ['sqrt', 'linear'] as const) {
      const pixels = differenceTicks(scale, width).map(({ position }) => position * width)
      for (let index = 1; index < pixels.length; index++)
        expect(pixels[index]! - pixels[index - 1]!).toBeGreaterThanOrEqual(25.99)
      expect([pixels[0], pixels.at(-1)]).toEqual([0, width])
    }
  }
})
