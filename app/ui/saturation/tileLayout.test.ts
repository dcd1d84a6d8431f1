import { describe, expect, test } from 'vitest'
import { axisHeight } from '../charts/Axes'
import { headingRoom, leastHeight, ticksHeight, tileAt, tileLayout } from './tileLayout'

const desktop = { width: 1080, height: 336 }
const phone = { width: 358, height: 620 }

const plotHeight = ({ height, hasSteps }: ReturnType<typeof tileLayout>[number]) =>
  height - (hasSteps ? axisHeight() : ticksHeight())

test('a single heatmap has the whole box and no heading', () => {
  expect(tileLayout(desktop, 1, false)).toEqual([{ left: 0, top: 0, ...desktop, headingHeight: 0, hasSteps: true }])
})

test('a single heatmap of a difference is named, in the same box', () => {
  const [tile] = tileLayout(desktop, 1, true)
  expect(tile).toMatchObject({ top: headingRoom(), width: desktop.width, height: desktop.height - headingRoom() })
})

test('on a desktop two heatmaps stand side by side, four in two rows, on a phone all below each other', () => {
  const starts = (count: number, size: typeof desktop) => {
    const tiles = tileLayout(size, count, true)
    return [new Set(tiles.map(({ left }) => left)).size, new Set(tiles.map(({ top }) => top)).size]
  }
  expect(starts(2, desktop)).toEqual([2, 1])
  expect(starts(3, desktop)).toEqual([2, 2])
  expect(starts(4, desktop)).toEqual([2, 2])
  expect(starts(4, phone)).toEqual([1, 4])
})

describe.each([desktop, phone, { width: 700, height: 300 }, { width: 1500, height: 800 }])(
  'in $width × $height',
  (size) => {
    test.each([2, 3, 4])('%i heatmaps have cells of one size and neither overlap nor leave the box', (count) => {
      const tiles = tileLayout(size, count, true)
      expect(tiles).toHaveLength(count)
      expect(new Set(tiles.map(plotHeight)).size).toBe(1)
      expect(new Set(tiles.map(({ width }) => width)).size).toBe(1)
      for (const [index, tile] of tiles.entries()) {
        expect(tile.left + tile.width).toBeLessThanOrEqual(size.width)
        expect(tile.top + tile.height).toBeLessThanOrEqual(size.height)
        expect(tile.top).toBeGreaterThanOrEqual(headingRoom())
        for (const other of tiles.slice(index + 1)) {
          const isBeside = other.left >= tile.left + tile.width || tile.left >= other.left + other.width
          expect(isBeside || other.top - other.headingHeight >= tile.top + tile.height).toBe(true)
        }
      }
    })

    test.each([2, 3, 4])('the lowest of every column of %i has the steps written below', (count) => {
      for (const tile of tileLayout(size, count, true)) {
        const below = tileLayout(size, count, true).some(({ left, top }) => left === tile.left && top > tile.top)
        expect(tile.hasSteps).toBe(!below)
      }
    })
  },
)

test('more heatmaps below each other ask for more height, one for none', () => {
  expect(leastHeight(phone.width, 1)).toBe(0)
  expect(leastHeight(phone.width, 4)).toBeGreaterThan(leastHeight(phone.width, 2))
  expect(leastHeight(desktop.width, 4)).toBe(leastHeight(desktop.width, 3))
  const height = leastHeight(phone.width, 4)
  for (const tile of tileLayout({ ...phone, height }, 4, true)) expect(plotHeight(tile)).toBeGreaterThanOrEqual(90)
})

test('a point is in the heatmap whose tile holds it, and in none between them or on a heading', () => {
  const placed = tileLayout(desktop, 4, true).map((tile, index) => ({ tile, index }))
  for (const { tile, index } of placed) {
    expect(tileAt(placed, tile.left + 5, tile.top + 5)?.index).toBe(index)
    expect(tileAt(placed, tile.left + 5, tile.top - 5)).toBeUndefined()
    expect(tileAt(placed, tile.left + tile.width + 5, tile.top + 5)).toBeUndefined()
  }
})
