import { paddingBefore } from '../../experiment/convolution'
import type { Convolution } from '../convShape'

/**
 * Visits every product of a convolution's image and kernel that lies inside of the image.
 * @param visit is told the tap, and the positions of input and output, counted over all samples.
 */
export function forEachTap(
  { input, output, geometry }: Convolution,
  samples: number,
  visit: (tap: number, source: number, target: number) => void,
): void {
  const { kernel, stride, dilation } = geometry
  const before = paddingBefore(geometry)
  const lines = samples * output.height
  for (let target = 0; target < lines * output.width; target++) {
    const line = Math.floor(target / output.width)
    const sample = Math.floor(line / output.height)
    const top = (line % output.height) * stride - before
    const left = (target % output.width) * stride - before
    for (let tap = 0; tap < kernel ** 2; tap++) {
      const y = top + Math.floor(tap / kernel) * dilation
      const x = left + (tap % kernel) * dilation
      if (y < 0 || y >= input.height || x < 0 || x >= input.width) continue
      visit(tap, (sample * input.height + y) * input.width + x, target)
    }
  }
}
