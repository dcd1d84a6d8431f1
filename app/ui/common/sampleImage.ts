import type { TensorShape } from '../../experiment/tensorShape'

/** Values drawn darkest and lightest. */
export interface ValueRange {
  readonly low: number
  readonly high: number
}

/**
 * One image [height, width, channels], three channels in colour; values outside of the range are drawn as its ends. With
 * ink, grey values become its opacity, so that the same pixels suit light and dark.
 */
export function toImage(
  pixels: Float32Array,
  shape: TensorShape,
  { low, high }: ValueRange,
  ink: readonly number[] | undefined,
): ImageData {
  const { height, width, channels } = shape
  const image = new ImageData(width, height)
  const toByte = (value: number) => ((value - low) / (high - low)) * 255
  for (let pixel = 0; pixel < height * width; pixel++) {
    const at = pixel * channels
    const isInk = channels < 3 && ink !== undefined
    for (let channel = 0; channel < 3; channel++) {
      const value = pixels[at + (channels < 3 ? 0 : channel)]!
      image.data[pixel * 4 + channel] = isInk ? (ink[channel] ?? 0) : toByte(value)
    }
    image.data[pixel * 4 + 3] = isInk ? toByte(pixels[at]!) : 255
  }
  return image
}

/** From the smallest to the largest of all values. */
export function valueRange(values: Float32Array): ValueRange {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return high > low ? { low, high } : { low: 0, high: 1 }
}

/** The colour of writing at an element: red, green and blue. */
export function inkOf(element: Element): readonly number[] {
  // “rgb(22, 25, 29)”, as computed styles give it.
  return (getComputedStyle(element).color.match(/\d+/g) ?? []).map(Number)
}
