import { elementsOf, type TensorShape } from '../experiment/tensorShape'

/** Writes an image resized: `values` and `into` are [height, width, channels], row-major. */
export type Resampler = (values: ArrayLike<number>, into: Float64Array) => void

/**
 * Resizes images of one shape, each axis on its own: to fewer pixels by the mean over the area that each of them
 * covers, to more by straight lines between the centres of the old ones. The content is stretched where the
 * proportions differ, never cut.
 */
export function createResampler(from: TensorShape, to: Pick<TensorShape, 'height' | 'width'>): Resampler {
  const columns = weighAxis(from.width, to.width)
  const rows = weighAxis(from.height, to.height)
  const { channels } = from
  const rowValues = to.width * channels
  const narrowed = new Float64Array(elementsOf({ ...from, width: to.width }))
  return (values, into) => {
    for (let row = 0; row < from.height; row++) {
      for (let column = 0; column < to.width; column++) {
        const { first, weights } = columns[column]!
        for (let channel = 0; channel < channels; channel++) {
          const start = (row * from.width + first) * channels + channel
          narrowed[row * rowValues + column * channels + channel] = weightedSum(values, start, channels, weights)
        }
      }
    }
    for (let row = 0; row < to.height; row++) {
      const { first, weights } = rows[row]!
      for (let value = 0; value < rowValues; value++) {
        into[row * rowValues + value] = weightedSum(narrowed, first * rowValues + value, rowValues, weights)
      }
    }
  }
}

function weightedSum(values: ArrayLike<number>, start: number, stride: number, weights: Float64Array): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += weights[index]! * values[start + index * stride]!
  return sum
}

/** The pixels that make one new pixel of an axis, from `first` on; weights add up to 1. */
interface Weighing {
  readonly first: number
  readonly weights: Float64Array
}

function weighAxis(from: number, to: number): readonly Weighing[] {
  return Array.from({ length: to }, (_, pixel) => (to < from ? weighArea(pixel, from, to) : weighLine(pixel, from, to)))
}

/** Shares of the old pixels in the stretch [pixel, pixel + 1)·from/to. */
function weighArea(pixel: number, from: number, to: number): Weighing {
  const [start, end] = [(pixel * from) / to, ((pixel + 1) * from) / to]
  const first = Math.floor(start)
  const length = Math.min(from, Math.ceil(end)) - first
  const weights = Float64Array.from({ length }, (_, index) => {
    const old = first + index
    return (Math.min(end, old + 1) - Math.max(start, old)) / (end - start)
  })
  return { first, weights }
}

/** The two old pixels between whose centres that of the new one lies; the outermost stand in beyond the edges. */
function weighLine(pixel: number, from: number, to: number): Weighing {
  const position = Math.min(from - 1, Math.max(0, ((pixel + 0.5) * from) / to - 0.5))
  const first = Math.floor(position)
  const share = position - first
  return { first, weights: share === 0 ? Float64Array.of(1) : Float64Array.of(1 - share, share) }
}
