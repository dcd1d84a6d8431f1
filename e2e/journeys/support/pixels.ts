import type { Locator } from 'playwright/test'

/** What a canvas shows, as numbers. */
export interface Painting {
  /** Share of pixels in colour: cells of the heatmap are, the hatching of the unmeasured part is grey. */
  readonly coloured: number
  /** Changes with any pixel. */
  readonly checksum: number
}

/** Reads the pixels of a canvas through a copy, so that the browser has no advice to give about the original. */
export function readCanvas(canvas: Locator): Promise<Painting> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no 2-D canvas to copy to')
    context.drawImage(element, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    let coloured = 0
    let checksum = 0
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 16) coloured++
      checksum = (Math.imul(checksum, 31) + red * 65_536 + green * 256 + blue) | 0
    }
    return { coloured: coloured / (width * height), checksum }
  })
}
