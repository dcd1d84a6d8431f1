import { describe, expect, test } from 'vitest'
import { dragRow, edgeScroll, insertionMark } from './rowPlaces'

/** Four rows, the second of them unfolded. */
const places = [
  { top: 0, height: 48 },
  { top: 48, height: 120 },
  { top: 168, height: 48 },
  { top: 216, height: 48 },
]
const to = (from: number, moved: number) => dragRow(places, from, moved).to

describe('a dragged row', () => {
  test('stays in its place until it covers half of a neighbour', () => {
    expect([to(0, 0), to(0, 59), to(0, 61)]).toEqual([0, 0, 1])
    expect([to(2, -59), to(2, -61)]).toEqual([2, 1])
    expect([to(1, 23), to(1, 25), to(1, -23), to(1, -25)]).toEqual([1, 2, 1, 0])
  })

  test('passes several rows at once', () => {
    expect([to(0, 500), to(3, -500), to(3, -140), to(0, 145)]).toEqual([3, 0, 1, 2])
  })

  test('does not leave the list', () => {
    expect(dragRow(places, 1, 1000).offset).toBe(96)
    expect(dragRow(places, 1, -1000).offset).toBe(-48)
  })

  test('that is gone meanwhile moves nothing', () => {
    expect(dragRow([], 3, 50)).toEqual({ from: 3, to: 3, offset: 0 })
  })
})

test('the mark stands between the rows where the dragged one would go, and nowhere for its own place', () => {
  const mark = (from: number, moved: number) => insertionMark(places, dragRow(places, from, moved))
  expect(mark(0, 10)).toBeUndefined()
  expect(mark(0, 61)).toBe(168)
  expect(mark(0, 500)).toBe(264)
  expect(mark(3, -500)).toBe(0)
})

test('near an edge the list scrolls, the faster the nearer', () => {
  const area = { top: 100, bottom: 500 }
  expect([300, 141, 459].map((y) => edgeScroll(y, area))).toEqual([0, 0, 0])
  expect(edgeScroll(120, area)).toBe(-5)
  expect(edgeScroll(480, area)).toBe(5)
  expect([edgeScroll(20, area), edgeScroll(900, area)]).toEqual([-10, 10])
})
