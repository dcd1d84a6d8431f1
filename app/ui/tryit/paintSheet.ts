import { prepareCanvas } from '../charts/canvas'
import { tilePlace, type SheetLayout } from './sheetLayout'

/**
 * Paints tiles, pixels hard-edged.
 * @param pixels tile after tile, each row by row.
 */
export function paintSheet(
  canvas: HTMLCanvasElement,
  layout: SheetLayout,
  pixels: Uint32Array<ArrayBuffer>,
  pixelRatio: number,
): void {
  const context = prepareCanvas(canvas, layout.width, layout.height, pixelRatio)
  if (!context) return
  context.imageSmoothingEnabled = false
  const { count, source, tile, columns } = layout
  if (source.width * source.height === 1) {
    // Numbers side by side are a picture themselves.
    const rows = Math.ceil(count / columns)
    const filled = new Uint32Array(columns * rows)
    filled.set(pixels)
    context.drawImage(toCanvas(filled, columns, rows), 0, 0, columns * tile.width, rows * tile.height)
    return
  }
  // As they come they are a picture one tile wide.
  const strip = toCanvas(pixels, source.width, source.height * count)
  for (let index = 0; index < count; index++) {
    const { left, top } = tilePlace(layout, index)
    const { width, height } = source
    context.drawImage(strip, 0, index * height, width, height, left, top, tile.width, tile.height)
  }
}

function toCanvas(pixels: Uint32Array<ArrayBuffer>, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength), width, height)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  return canvas
}
