import { expect, test } from 'vitest'
import { nextCard } from './cardKeys'

const card = (column: number, top: number) => ({ left: column * 110, right: column * 110 + 100, top })

/** Two cards; a heading; three, not quite at one height; two. */
const boxes = [card(0, 0), card(1, 0), card(0, 150), card(1, 150.3), card(2, 149.8), card(0, 290), card(1, 290)]

test('left and right go through the cards in reading order, across rows', () => {
  expect(nextCard(boxes, 0, 'ArrowRight')).toBe(1)
  expect(nextCard(boxes, 1, 'ArrowRight')).toBe(2)
  expect(nextCard(boxes, 2, 'ArrowLeft')).toBe(1)
})

test('up and down stay in the column, or come to the nearest card where it has none', () => {
  expect(nextCard(boxes, 1, 'ArrowDown')).toBe(3)
  expect(nextCard(boxes, 3, 'ArrowDown')).toBe(6)
  expect(nextCard(boxes, 4, 'ArrowDown')).toBe(6)
  expect(nextCard(boxes, 4, 'ArrowUp')).toBe(1)
  expect(nextCard(boxes, 6, 'ArrowUp')).toBe(3)
  expect(nextCard(boxes, 5, 'ArrowUp')).toBe(2)
})

test('Home and End go to the ends', () => {
  expect(nextCard(boxes, 3, 'Home')).toBe(0)
  expect(nextCard(boxes, 3, 'End')).toBe(6)
})

test('nothing moves beyond the ends, by other keys, or without a card to start from', () => {
  expect(nextCard(boxes, 0, 'ArrowLeft')).toBeUndefined()
  expect(nextCard(boxes, 6, 'ArrowRight')).toBeUndefined()
  expect(nextCard(boxes, 1, 'ArrowUp')).toBeUndefined()
  expect(nextCard(boxes, 6, 'ArrowDown')).toBeUndefined()
  expect(nextCard(boxes, 2, 'Enter')).toBeUndefined()
  expect(nextCard(boxes, -1, 'ArrowDown')).toBeUndefined()
})
