import { describe, expect, it } from 'vitest'
import { fromOklab, mixOklab, toOklab } from './okLab'

describe('Oklab', () => {
  it('has the published coordinates of white and red', () => {
    toOklab([255, 255, 255]).forEach((part, index) => expect(part).toBeCloseTo([1, 0, 0][index]!, 3))
    toOklab([255, 0, 0]).forEach((part, index) => expect(part).toBeCloseTo([0.628, 0.2249, 0.1258][index]!, 3))
  })

  it('returns the colours it was given', () => {
    for (const red of [0, 60, 255]) {
      for (const green of [0, 114, 255]) {
        for (const blue of [0, 178, 255]) {
          fromOklab(toOklab([red, green, blue])).forEach((component, index) => {
            // Dark colours lose a step or two to the gamma table.
            expect(Math.abs(component - [red, green, blue][index]!)).toBeLessThanOrEqual(2)
          })
        }
      }
    }
  })

  it('clips what sRGB cannot show', () => {
    for (const component of fromOklab([0.9, 0.4, 0.4])) {
      expect(component).toBeGreaterThanOrEqual(0)
      expect(component).toBeLessThanOrEqual(255)
    }
  })

  it('mixes by share', () => {
    const [black, white] = [toOklab([0, 0, 0]), toOklab([255, 255, 255])]
    expect(mixOklab(black, white, 0)).toEqual(black)
    expect(mixOklab(black, white, 0.25)[0]).toBeCloseTo(0.25, 6)
  })
})
