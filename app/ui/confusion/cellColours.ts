import { colourPosition } from '../saturation/colourScale'
import { cssColour, viridis } from '../charts/viridis'

/** How a cell is filled, and what can be read on it. */
export interface CellColours {
  readonly background: string
  readonly color: string
}

/** Steps of the palette: finer than eyes tell apart. */
const paletteSize = 101
/** Of the relative luminance of WCAG: where black and white are equally legible. */
const evenLuminance = 0.179

const palette: readonly CellColours[] = Array.from({ length: paletteSize }, (_, index) => {
  const fill = viridis(index / (paletteSize - 1))
  return { background: cssColour(fill), color: luminance(fill) > evenLuminance ? 'black' : 'white' }
})

/** Of a share in [0, 1], on the scale of the heatmap: by its square root, for most kinds of mistake are rare. */
export function cellColours(share: number): CellColours {
  return palette[Math.round(colourPosition(share, 'sqrt') * (paletteSize - 1))]!
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((component) => {
    const level = component / 255
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
