import type { TensorShape } from '../../experiment/tensorShape'
import { inkOf, toImage, valueRange } from '../common/sampleImage'
import type { DataSummary } from './describeData'

/** Images shown, and in how many columns: large ones in fewer, so that they can be seen. */
const COUNT = 24
const COLUMNS = { small: 12, large: 8 } as const
const LARGEST_SMALL = 20
/** Pixels of the image between two thumbnails, so that the gap scales with them. */
const GAP = 2

/** Size in image pixels of the sheet of thumbnails; CSS scales it to the panel. */
export function thumbnailLayout({ height, width }: TensorShape) {
  const columns = width <= LARGEST_SMALL ? COLUMNS.small : COLUMNS.large
  const rows = COUNT / columns
  return { columns, rows, width: columns * (width + GAP) - GAP, height: rows * (height + GAP) - GAP }
}

/** The class of the image at a place of the sheet, in shares of its width and height; undefined where there is none. */
export function labelAt({ shape, task, preview }: DataSummary, across: number, down: number): string | undefined {
  if (task.kind === 'regression') return undefined
  const { columns, rows } = thumbnailLayout(shape)
  const label = preview.targets[Math.floor(down * rows) * columns + Math.floor(across * columns)]
  return label === undefined ? undefined : task.classNames[label]
}

/**
 * Draws the preview's images [height, width, channels], three channels in colour. Grey ones are drawn in the page's ink,
 * as writing is, unless they are photographs, which would turn into negatives.
 */
export function drawThumbnails(canvas: HTMLCanvasElement, data: DataSummary, arePhotographs: boolean): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { height, width, channels } = data.shape
  const { columns } = thumbnailLayout(data.shape)
  const { count, inputs } = data.preview
  const range = valueRange(inputs)
  const ink = arePhotographs ? undefined : inkOf(canvas)
  context.clearRect(0, 0, canvas.width, canvas.height)
  for (let sample = 0; sample < Math.min(count, COUNT); sample++) {
    const pixels = inputs.subarray(sample * height * width * channels, (sample + 1) * height * width * channels)
    const image = toImage(pixels, data.shape, range, ink)
    const column = sample % columns
    const row = Math.floor(sample / columns)
    context.putImageData(image, column * (width + GAP), row * (height + GAP))
  }
}
