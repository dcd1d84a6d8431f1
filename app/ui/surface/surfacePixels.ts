import type { Surface } from '../../runs/state'
import type { Rgb } from '../charts/viridis'

/**
 * The surface as an image of `resolution` × `resolution` opaque pixels, RGBA, first row on top: the surface's own
 * row 0 is the lowest y.
 */
export function surfacePixels(
  { resolution, values, outputs }: Pick<Surface, 'resolution' | 'values' | 'outputs'>,
  shade: (values: Float32Array, offset: number) => Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(resolution * resolution * 4)
  for (let row = 0; row < resolution; row++) {
    const source = (resolution - 1 - row) * resolution
    for (let column = 0; column < resolution; column++) {
      const [red, green, blue] = shade(values, (source + column) * outputs)
      const target = (row * resolution + column) * 4
      pixels[target] = red
      pixels[target + 1] = green
      pixels[target + 2] = blue
      pixels[target + 3] = 255
    }
  }
  return pixels
}
