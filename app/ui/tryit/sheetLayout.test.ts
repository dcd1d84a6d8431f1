import { describe, expect, test } from 'vitest'
import { layoutSheet, tileAt, tileByKey, tilePlace } from './sheetLayout'

describe('a sheet of tiles', () => {
  test('shows every pixel as a whole number of pixels, in as many columns as fit', () => {
    for (const edge of [1, 2, 3, 5, 7, 8, 14, 28, 32, 64]) {
      for (const available of [358, 560, 1000]) {
        const layout = layoutSheet(50, { width: edge, height: edge }, available)
        expect(layout.tile.width % edge).toBe(0)
        expect(layout.tile.height).toBe(layout.tile.width)
        expect(layout.width).toBeLessThanOrEqual(available)
        expect((layout.width / layout.zoom) % 1).toBe(0)
        expect((layout.gap / layout.zoom) % 1).toBe(0)
        const isFull = layout.columns === 50 || layout.width + layout.gap + layout.tile.width > available
        expect(isFull).toBe(true)
        const last = tilePlace(layout, 49)
        expect(last.top + layout.tile.height).toBe(layout.height)
      }
    }
  })

  test('lays numbers side by side, and keeps the columns of a matrix', () => {
    expect(layoutSheet(80, { width: 1, height: 1 }, 358).gap).toBe(0)
    const matrix = layoutSheet(12 * 32, { width: 3, height: 3 }, 358, { columns: 32, edge: 28 })
    expect(matrix).toMatchObject({ columns: 32, tile: { width: 6, height: 6 } })
    expect(matrix.width).toBeLessThanOrEqual(358)
  })

  test('knows the tile at a point, and none beside the tiles', () => {
    const layout = layoutSheet(7, { width: 8, height: 8 }, 200)
    expect(layout.columns).toBe(3)
    for (let index = 0; index < 7; index++) {
      const { left, top } = tilePlace(layout, index)
      expect(tileAt(layout, left + 1, top + 1)).toBe(index)
      expect(tileAt(layout, left + layout.tile.width - 1, top + layout.tile.height - 1)).toBe(index)
    }
    expect(tileAt(layout, 190, 10)).toBeUndefined()
    expect(tileAt(layout, 60, 110)).toBeUndefined()
    expect(tileAt(layout, -1, 10)).toBeUndefined()
  })

  test('is walked through by arrow keys, and stays on it at the edges', () => {
    const layout = layoutSheet(7, { width: 8, height: 8 }, 200)
    const walk = (from: number) =>
      ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => tileByKey(layout, key, from))
    expect(walk(0)).toEqual([0, 1, 0, 3, 0, 6])
    expect(walk(5)).toEqual([4, 6, 2, 5, 0, 6])
    expect(tileByKey(layout, 'Enter', 0)).toBeUndefined()
  })
})
