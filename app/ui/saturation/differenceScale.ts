import type { View } from '../../runs/state'
import { parseColour } from '../charts/parseColour'
import { tokensOf, type ReadToken } from '../charts/theme'
import { cssColour } from '../charts/viridis'
import { fromOklab, mixOklab, toOklab } from '../surface/okLab'
import { colourPosition } from './colourScale'

/** Differences named on the legend, in points; their opposites too. */
const legendStops = [5, 25, 50, 100]

/**
 * Where a difference of two saturations, −1…1, lies between the ends of the colours, 0…1: no difference always in the
 * middle, 100 points always at the ends, spaced as the saturations themselves.
 */
export function differencePosition(difference: number, scale: View['colourScale']): number {
  const distance = colourPosition(Math.abs(difference), scale)
  return (1 + Math.sign(difference) * distance) / 2
}

/**
 * CSS colours from less through none to more, an odd number so that none has a colour of its own. Straight lines in
 * Oklab between colours of the theme: equal steps look equal, and lightness tells the size, the hue only the sign.
 */
export function differencePalette(token: ReadToken, size: number): readonly string[] {
  const colour = (name: `--${string}`) => toOklab(parseColour(token(name)))
  const [less, none, more] = [colour('--difference-less'), colour('--difference-none'), colour('--difference-more')]
  return Array.from({ length: size }, (_, index) => {
    const position = (2 * index) / (size - 1) - 1
    return cssColour(fromOklab(mixOklab(none, position < 0 ? less : more, Math.abs(position))))
  })
}

/** Steps of the palette: finer than eyes tell apart, and odd. */
const paletteSize = 257
let kept: { readonly theme: string; readonly palette: readonly string[] } | undefined

/** Looks up the CSS colours of differences in the theme in force. */
export function differenceColours(theme: string, scale: View['colourScale']): (difference: number) => string {
  const palette = kept?.theme === theme ? kept.palette : differencePalette(tokensOf(theme), paletteSize)
  kept = { theme, palette }
  return (difference) => palette[Math.round(differencePosition(difference, scale) * (paletteSize - 1))]!
}

/** Stops of the legend in points with their positions in 0…1; stops too close to the next one outwards are left out. */
export function differenceTicks(
  scale: View['colourScale'],
  widthPixels: number,
): readonly { readonly points: number; readonly position: number }[] {
  const labelPixels = 26
  const kept: { points: number; position: number }[] = [{ points: 0, position: 0.5 }]
  let outer = Infinity
  for (const points of legendStops.toReversed()) {
    const position = differencePosition(points / 100, scale)
    const isClear = Math.min(outer - position, position - 0.5) * widthPixels >= labelPixels
    if (!isClear) continue
    kept.push({ points, position }, { points: -points, position: 1 - position })
    outer = position
  }
  return kept.toSorted((one, other) => one.position - other.position)
}
