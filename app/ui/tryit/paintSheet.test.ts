import { expect, test } from 'vitest'
import { composeSheet } from './paintSheet'
import { layoutSheet, tilePlace, type SheetLayout } from './sheetLayout'

/** Where each pixel of each tile is on the sheet, a CSS pixel at a time. */
function readBack(layout: SheetLayout, sheet: Uint32Array): number[] {
  const { count, source, tile, zoom, width } = layout
  const scale = tile.width / source.width
  const at = (x: number, y: number) => sheet[Math.floor(y / zoom) * (width / zoom) + Math.floor(x / zoom)]!
  const seen: number[] = []
  for (let index = 0; index < count; index++) {
    const { left, top } = tilePlace(layout, index)
    for (let row = 0; row < source.height; row++) {
      for (let column = 0; column < source.width; column++) {
        const [x, y] = [left + column * scale, top + row * scale]
        expect(at(x + scale - 1, y + scale - 1)).toBe(at(x, y))
        seen.push(at(x, y))
      }
    }
  }
  return seen
}

test.each([
  [1, 1],
  [2, 3],
  [7, 7],
  [28, 28],
  [60, 40],
])('tiles of %i×%i stand where they are laid out, pixel by pixel, with nothing between them', (height, width) => {
  const layout = layoutSheet(5, { width, height }, 130)
  const pixels = Uint32Array.from({ length: 5 * width * height }, (_, index) => index + 1)
  const sheet = composeSheet(layout, pixels)
  expect(readBack(layout, sheet)).toEqual([...pixels])
  const covered = (5 * layout.tile.width * layout.tile.height) / layout.zoom ** 2
  expect(sheet.filter((pixel) => pixel > 0)).toHaveLength(covered)
})
