import { describe, expect, it } from 'vitest'
import { cssColour, viridis, viridisPalette } from './viridis'

/** Relative luminance by the sRGB definition. */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((component) => {
    const share = component / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

describe('viridis', () => {
  it('has the published ends and middle', () => {
    expect(viridis(0)).toEqual([0x44, 0x01, 0x54])
    expect(viridis(1)).toEqual([0xfd, 0xe7, 0x25])
    // #21918c is number 128 of the 256 published colours.
    viridis(128 / 255).forEach((component, index) => {
      expect(Math.abs(component - [0x21, 0x91, 0x8c][index]!)).toBeLessThanOrEqual(1)
    })
  })

  it('rests at its ends outside 0…1', () => {
    expect(viridis(-3)).toEqual(viridis(0))
    expect(viridis(7)).toEqual(viridis(1))
  })

  it('gets lighter all the way, so that lightness alone tells the order', () => {
    const lightness = Array.from({ length: 101 }, (_, index) => luminance(viridis(index / 100)))
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b))
  })

  it('is handed out as CSS colours from end to end', () => {
    const palette = viridisPalette(5)
    expect(palette).toHaveLength(5)
    expect(palette[0]).toBe('rgb(68 1 84)')
    expect(palette[2]).toBe(cssColour(viridis(0.5)))
    expect(palette[4]).toBe('rgb(253 231 37)')
  })
})
