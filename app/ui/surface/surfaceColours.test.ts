import { describe, expect, it } from 'vitest'
import type { Rgb } from '../charts/viridis'
import { classColour, surfaceShader, valueColour } from './surfaceColours'

const white: Rgb = [255, 255, 255]
const dark: Rgb = [21, 24, 27]
const two = { kind: 'classification', classes: 2, classNames: ['0', '1'] } as const
const regression = { kind: 'regression', outputs: 1 } as const

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(...one.map((component, index) => component - other[index]!))
}

describe('the decision surface', () => {
  it.each([white, dark])('leans to the colour of the likelier class, on %s', (...ground) => {
    const shade = surfaceShader(two, 2, 1, ground)
    const values = Float32Array.from([0.95, 0.05, 0.05, 0.95])
    expect(distance(shade(values, 0), classColour(0))).toBeLessThan(distance(shade(values, 0), classColour(1)))
    expect(distance(shade(values, 2), classColour(1))).toBeLessThan(distance(shade(values, 2), classColour(0)))
  })

  it('reads a single output as the probability of class 1', () => {
    const single = surfaceShader(two, 1, 1, white)
    const pair = surfaceShader(two, 2, 1, white)
    expect(single(Float32Array.from([0.75]), 0)).toEqual(pair(Float32Array.from([0.25, 0.75]), 0))
  })

  it('keeps the samples in sight: the surface is paler than their colour', () => {
    const certain = surfaceShader(two, 2, 1, white)(Float32Array.from([1, 0]), 0)
    expect(distance(certain, classColour(0))).toBeGreaterThan(60)
  })

  it('shows a prediction of zero as the panel itself, and signs as two colours', () => {
    const shade = surfaceShader(regression, 1, 2, white)
    expect(distance(shade(Float32Array.from([0]), 0), white)).toBeLessThanOrEqual(2)
    const [minus, plus] = [shade(Float32Array.from([-2]), 0), shade(Float32Array.from([2]), 0)]
    expect(minus[2]).toBeGreaterThan(minus[0])
    expect(plus[0]).toBeGreaterThan(plus[2])
    expect(shade(Float32Array.from([9]), 0)).toEqual(plus)
  })

  it('colours targets on the same scale', () => {
    expect(distance(valueColour(0, 1, white), white)).toBeLessThanOrEqual(2)
    expect(distance(valueColour(-1, 1, white), classColour(0))).toBeLessThanOrEqual(3)
  })

  it('tells ten classes apart', () => {
    for (let one = 0; one < 10; one++) {
      for (let other = 0; other < one; other++)
        expect(distance(classColour(one), classColour(other))).toBeGreaterThan(50)
    }
  })
})
