import type { LayerMaps } from '../../runs/state'
import { cssColour, viridis, type Rgb } from '../charts/viridis'
import { fromOklab, mixOklab, toOklab } from '../surface/okLab'

/** Which of the two scales: viridis from 0 up, or blue through dark to orange around 0. Dark is nothing in both. */
export type ScaleKind = 'positive' | 'signed'

/** The values at both ends of the colours. */
export interface MapScale {
  readonly kind: ScaleKind
  readonly low: number
  readonly high: number
}

/** Finer than eyes tell apart, and odd, so that 0 has a colour of its own in the middle. */
const STEPS = 257
/** Ends and middle of the signed scale, in both themes: viridis is the same in both, too. */
const BELOW: Rgb = [134, 196, 255]
const NOTHING: Rgb = [20, 18, 28]
const ABOVE: Rgb = [255, 166, 92]
/** What is no number, or infinite: in neither scale. */
const BROKEN: Rgb = [255, 0, 110]

const colours: Readonly<Record<ScaleKind, readonly Rgb[]>> = {
  positive: Array.from({ length: STEPS }, (_, step) => viridis(step / (STEPS - 1))),
  signed: Array.from({ length: STEPS }, (_, step) => signedColour((2 * step) / (STEPS - 1) - 1)),
}
const packed = { positive: packAll(colours.positive), signed: packAll(colours.signed) } as const
const packedBroken = pack(BROKEN)

/** The scale of one layer: from 0 to its largest value, or as far below 0 as above. */
export function scaleOf({ values, isSigned }: Pick<LayerMaps, 'values' | 'isSigned'>): MapScale {
  let largest = 0
  for (const value of values) {
    const size = Math.abs(value)
    if (size > largest && size < Infinity) largest = size
  }
  return { kind: isSigned ? 'signed' : 'positive', low: isSigned ? -largest : 0, high: largest }
}

/** Opaque pixels of values within a scale, one each, as a canvas takes them. */
export function mapPixels(values: Float32Array, { kind, low, high }: MapScale): Uint32Array<ArrayBuffer> {
  const table = packed[kind]
  // Where all is 0, 0 is still in its place.
  const perUnit = high > low ? (STEPS - 1) / (high - low) : 0
  const origin = kind === 'signed' ? (STEPS - 1) / 2 : 0
  const pixels = new Uint32Array(values.length)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    const place = (value * perUnit + origin + 0.5) | 0
    // Of NaN and of infinity it is NaN.
    pixels[index] = value - value === 0 ? table[place]! : packedBroken
  }
  return pixels
}

/** CSS gradient of a scale, from its low end to its high one. */
export function scaleGradient(kind: ScaleKind): string {
  const stops = Array.from({ length: 9 }, (_, stop) => cssColour(colours[kind][Math.round((stop / 8) * (STEPS - 1))]!))
  return `linear-gradient(to right, ${stops.join(', ')})`
}

/** Opaque pixels of pictures [count, positions, 3] in their own colours. */
export function colourPixels(
  values: Float32Array,
  [low, high]: readonly [low: number, high: number],
): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(values.length / 3)
  const shade = (value: number): number => Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * 255)
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const at = pixel * 3
    pixels[pixel] = pack([shade(values[at]!), shade(values[at + 1]!), shade(values[at + 2]!)])
  }
  return pixels
}

function signedColour(position: number): Rgb {
  return fromOklab(mixOklab(toOklab(NOTHING), toOklab(position < 0 ? BELOW : ABOVE), Math.abs(position)))
}

function packAll(all: readonly Rgb[]): Uint32Array {
  return Uint32Array.from(all, pack)
}

/** Red, green, blue and full opacity in the order of bytes in memory, which is little-endian wherever WebGPU runs. */
function pack([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
