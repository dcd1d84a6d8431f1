import type { RandomStream } from '../../experiment/random'

/** Deviation of the pixels of a clean picture, about: the scale that `noise` is relative to. */
const PIXEL_DEVIATION = 0.3

/** Adds `noise` times the usual deviation of pixels to each of them, in place, cut off where it would leave [0, 1]. */
export function addPixelNoise(picture: Float32Array, noise: number, random: RandomStream): void {
  if (noise === 0) return
  for (let pixel = 0; pixel < picture.length; pixel++) {
    picture[pixel] = Math.min(1, Math.max(0, picture[pixel]! + random.normal(0, noise * PIXEL_DEVIATION)))
  }
}
