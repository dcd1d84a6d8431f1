export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Viridis (Nathaniel Smith and Stéfan van der Walt for matplotlib, CC0): perceptually uniform, safe for colour-blind
 * eyes, and its lightness alone tells the order. Every fifth of the 256 published colours; straight lines between
 * them in sRGB stay within 1 of 255 of the full table.
 */
const anchors = [
  '440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a',
  '3a538b 38598c 355e8d 33638d 31688e 2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d',
  '20928c 1f978b 1e9c89 1fa188 21a585 24aa83 28ae80 2eb37c 35b779 3dbc74 46c06f 50c46a 5ac864',
  '65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f d8e219 e5e419 f1e51d fde725',
]
  .join(' ')
  .split(' ')
  .map(readHex)

function readHex(hex: string): Rgb {
  const packed = Number.parseInt(hex, 16)
  return [packed >> 16, (packed >> 8) & 0xff, packed & 0xff]
}

/** The colour at `position` in [0, 1]; positions outside are taken to the nearer end. Components 0…255, whole. */
export function viridis(position: number): Rgb {
  const scaled = Math.min(1, Math.max(0, position)) * (anchors.length - 1)
  const index = Math.min(anchors.length - 2, Math.floor(scaled))
  const fraction = scaled - index
  const from = anchors[index] ?? [0, 0, 0]
  const to = anchors[index + 1] ?? from
  const mix = (a: number, b: number) => Math.round(a + (b - a) * fraction)
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}

export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`
}

/** CSS colours of `size` equal parts of viridis, built once: cells are filled by looking up, never by mixing. */
export function viridisPalette(size: number): readonly string[] {
  return Array.from({ length: size }, (_, index) => cssColour(viridis(index / (size - 1))))
}
