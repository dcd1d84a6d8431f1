import type { Rgb } from '../charts/viridis'

/** Colours in Oklab (Björn Ottosson, 2020): mixtures there look like mixtures, without the grey or dark middle of sRGB. */
export type Oklab = readonly [lightness: number, greenRed: number, blueYellow: number]

export function toOklab([red, green, blue]: Rgb): Oklab {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** sRGB components 0…255, whole; colours outside sRGB are clipped. */
export function fromOklab([lightness, greenRed, blueYellow]: Oklab): Rgb {
  const l = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3
  const m = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3
  const s = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3
  return [
    toGamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toGamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toGamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** The colour `share` of the way from `from` to `to`. */
export function mixOklab(from: Oklab, to: Oklab, share: number): Oklab {
  const mix = (a: number, b: number) => a + (b - a) * share
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}

function toLinear(component: number): number {
  const share = component / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Linear light in 4,096 steps is finer than the 255 it becomes; the power would cost a millisecond per surface. */
const gammaSteps = 4_096
const gammaTable = Uint8Array.from({ length: gammaSteps + 1 }, (_, index) => {
  const light = index / gammaSteps
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055))
})

function toGamma(light: number): number {
  return gammaTable[Math.round(Math.min(1, Math.max(0, light)) * gammaSteps)]!
}
