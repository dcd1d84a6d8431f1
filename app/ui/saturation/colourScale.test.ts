import { describe, expect, it } from 'vitest'
import { colourPosition, legendTicks } from './colourScale'

describe('the colour scale', () => {
  it('always runs from 0 to 100 %', () => {
    for (const scale of ['sqrt', 'linear'] as const) {
      expect(colourPosition(0, scale)).toBe(0)
      expect(colourPosition(1, scale)).toBe(1)
      expect(colourPosition(1.4, scale)).toBe(1)
      expect(colourPosition(-0.1, scale)).toBe(0)
    }
  })

  it('gives low saturations more room with square-root spacing', () => {
    expect(colourPosition(0.25, 'sqrt')).toBe(0.5)
    expect(colourPosition(0.25, 'linear')).toBe(0.25)
  })

  it('names 1, 5, 10, 25, 50 and 100 % on a square-root legend', () => {
    expect(legendTicks('sqrt', 200).map((tick) => tick.share)).toEqual([0.01, 0.05, 0.1, 0.25, 0.5, 1])
  })

  it('never lets labels of the legend touch', () => {
    for (const width of [60, 120, 200, 400]) {
      for (const scale of ['sqrt', 'linear'] as const) {
        const pixels = legendTicks(scale, width).map((tick) => tick.position * width)
        for (let index = 1; index < pixels.length; index++) {
          expect(pixels[index]! - pixels[index - 1]!).toBeGreaterThanOrEqual(17)
        }
        expect(pixels.at(-1)).toBe(width)
      }
    }
  })
})
