import { tilePlace, type SheetLayout } from './sheetLayout'

/**
 * Paints tiles, pixels hard-edged: in as few pixels as they have, which the browser enlarges without the page's time
 * (`image-rendering: pixelated`).
 * @param pixels tile after tile, each row by row.
 */
export function paintSheet(canvas: HTMLCanvasElement, layout: SheetLayout, pixels: Uint32Array): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { zoom } = layout
  const image = composeSheet(layout, pixels)
  const [width, height] = [layout.width / zoom, layout.height / zoom]
  // Setting a size throws away the drawing surface.
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  context.putImageData(new ImageData(new Uint8ClampedArray(image.buffer), width, height), 0, 0)
}

/** The pixels of the canvas, gaps transparent. */
export function composeSheet(layout: SheetLayout, pixels: Uint32Array): Uint32Array<ArrayBuffer> {
  const { count, source, tile, zoom } = layout
  const width = layout.width / zoom
  const sheet = new Uint32Array((width * layout.height) / zoom)
  const scale = tile.width / source.width / zoom
  for (let index = 0; index < count; index++) {
    const place = tilePlace(layout, index)
    const first = (place.top / zoom) * width + place.left / zoom
    for (let row = 0; row < source.height; row++) {
      const from = (index * source.height + row) * source.width
      const to = first + row * scale * width
      writeRow(sheet, to, pixels.subarray(from, from + source.width), scale)
      const end = to + source.width * scale
      for (let copy = 1; copy < scale; copy++) sheet.copyWithin(to + copy * width, to, end)
    }
  }
  return sheet
}

function writeRow(sheet: Uint32Array, to: number, row: Uint32Array, scale: number): void {
  if (scale === 1) return sheet.set(row, to)
  row.forEach((pixel, column) => sheet.fill(pixel, to + column * scale, to + (column + 1) * scale))
}
