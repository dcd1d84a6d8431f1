import type { DataSummary } from './describeData'

const COLUMNS = 12
const ROWS = 2
/** Pixels of the image between two thumbnails, so that the gap scales with them. */
const GAP = 2

/** Size in image pixels of the sheet of thumbnails; CSS scales it to the panel. */
export function thumbnailLayout(sampleShape: readonly number[]): { readonly width: number; readonly height: number } {
  const [height = 1, width = 1] = sampleShape
  return { width: COLUMNS * (width + GAP) - GAP, height: ROWS * (height + GAP) - GAP }
}

/** Draws the preview's images [height, width, channels]: grey ones in the page's ink, three channels in colour. */
export function drawThumbnails(canvas: HTMLCanvasElement, data: DataSummary): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const [height = 1, width = 1, channels = 1] = data.sampleShape
  const { count, inputs } = data.preview
  const range = valueRange(inputs)
  const ink = parseColour(getComputedStyle(canvas).color)
  context.clearRect(0, 0, canvas.width, canvas.height)
  for (let sample = 0; sample < Math.min(count, COLUMNS * ROWS); sample++) {
    const pixels = inputs.subarray(sample * height * width * channels, (sample + 1) * height * width * channels)
    const image = toImage(pixels, { height, width, channels }, range, ink)
    const column = sample % COLUMNS
    const row = Math.floor(sample / COLUMNS)
    context.putImageData(image, column * (width + GAP), row * (height + GAP))
  }
}

interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

interface ValueRange {
  readonly low: number
  readonly high: number
}

/** Grey values become the ink's opacity, so that the same pixels suit light and dark. */
function toImage(
  pixels: Float32Array,
  shape: ImageShape,
  { low, high }: ValueRange,
  ink: readonly number[],
): ImageData {
  const { height, width, channels } = shape
  const image = new ImageData(width, height)
  const toByte = (value: number) => ((value - low) / (high - low)) * 255
  for (let pixel = 0; pixel < height * width; pixel++) {
    const at = pixel * channels
    const isColour = channels >= 3
    for (let channel = 0; channel < 3; channel++) {
      image.data[pixel * 4 + channel] = isColour ? toByte(pixels[at + channel]!) : (ink[channel] ?? 0)
    }
    image.data[pixel * 4 + 3] = isColour ? 255 : toByte(pixels[at]!)
  }
  return image
}

function valueRange(values: Float32Array): ValueRange {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return high > low ? { low, high } : { low: 0, high: 1 }
}

/** “rgb(22, 25, 29)”, as computed styles give it. */
function parseColour(text: string): readonly number[] {
  return (text.match(/\d+/g) ?? []).map(Number)
}
