import { describe, expect, it } from 'vitest'
import { columnEdges, rowAt, rowBands } from './cellLayout'

describe('rows', () => {
  it.each([
    [1, 300, 1],
    [4, 300, 1],
    [24, 311, 1],
    [24, 311, 1.5],
    [24, 100, 2],
    [128, 90, 1],
  ])(
    '%i rows in %i pixels at ratio %d lie in order inside, on device pixels, with something to see',
    (count, height, ratio) => {
      const bands = rowBands(10, height, count, ratio)
      expect(bands).toHaveLength(count)
      let end = 10
      for (const band of bands) {
        expect(band.start).toBeGreaterThanOrEqual(end - 1e-9 - (height / count < 1 ? 1 / ratio : 0))
        expect(band.size).toBeGreaterThan(0)
        expect(band.start * ratio).toBeCloseTo(Math.round(band.start * ratio), 6)
        end = band.start + band.size
      }
      expect(end).toBeLessThanOrEqual(10 + height + 1e-9 + 1 / ratio)
    },
  )

  it('are found by height, and nowhere outside', () => {
    expect([9.9, 10, 84.9, 85, 309.9, 310].map((y) => rowAt(y, 10, 300, 4))).toEqual([undefined, 0, 0, 1, 3, undefined])
  })
})

describe('columns', () => {
  const toX = (step: number) => step / 2

  it('span from their step to the next one’s, the newest to the step training has reached', () => {
    expect(columnEdges([0, 10, 14, 60], 80, toX, 100, 1)).toEqual([0, 5, 7, 30, 40])
  })

  it('show the newest though it holds for no step yet', () => {
    expect(columnEdges([0, 60], 60, toX, 100, 1)).toEqual([0, 30, 32])
  })

  it('do not leave the plot', () => {
    expect(columnEdges([0, 200], 200, toX, 100, 1)).toEqual([0, 100, 100])
  })

  it('meet on device pixels', () => {
    const edges = columnEdges([1, 2, 4, 7], 9, (step) => step * 3.3, 100, 2)
    for (const edge of edges) expect(edge * 2).toBe(Math.round(edge * 2))
  })

  it('are none without a measurement', () => {
    expect(columnEdges([], 50, toX, 100, 1)).toEqual([])
  })
})
