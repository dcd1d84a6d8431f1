import type { View } from '../../runs/state'
import { viridisPalette } from '../charts/viridis'

type ColourScale = View['colourScale']

/** Saturations named on the legend, as shares. */
const legendStops = [0.01, 0.05, 0.1, 0.25, 0.5, 1]

/**
 * Where a saturation lies between the ends of the colours, both in [0, 1]. The ends are always 0 % and 100 %. Square
 * root by default: trained networks mostly live at 5–20 %, which a linear scale would paint in one colour.
 */
export function colourPosition(saturation: number, scale: ColourScale): number {
  const share = Math.min(1, Math.max(0, saturation))
  return scale === 'sqrt' ? Math.sqrt(share) : share
}

/** Steps of the palette: finer than eyes tell apart. */
const paletteSize = 256
const palette = viridisPalette(paletteSize)

/** CSS colours of saturations: looked up, never mixed, as there are thousands to paint. */
export const saturationColours: Readonly<Record<ColourScale, (saturation: number) => string>> = {
  sqrt: (saturation) => paletteColour(colourPosition(saturation, 'sqrt')),
  linear: (saturation) => paletteColour(colourPosition(saturation, 'linear')),
}

function paletteColour(position: number): string {
  return palette[Math.round(position * (paletteSize - 1))]!
}

/** Stops of the legend with their positions in [0, 1]; stops too close to the next one for their label are left out. */
export function legendTicks(
  scale: ColourScale,
  widthPixels: number,
): readonly { readonly share: number; readonly position: number }[] {
  const labelPixels = 17
  const kept: { share: number; position: number }[] = []
  for (const share of legendStops.toReversed()) {
    const position = colourPosition(share, scale)
    const next = kept[0]
    if (!next || (next.position - position) * widthPixels >= labelPixels) kept.unshift({ share, position })
  }
  return kept
}
