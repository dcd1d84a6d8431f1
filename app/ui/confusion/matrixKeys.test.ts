import { expect, test } from 'vitest'
import { moveInGrid } from './matrixKeys'

const middle = { row: 1, column: 2 }
const press = (key: string, ctrlKey = false, from = middle) => moveInGrid(from, { key, ctrlKey }, 4)

test('arrows lead to the next cell', () => {
  expect(press('ArrowUp')).toEqual({ row: 0, column: 2 })
  expect(press('ArrowDown')).toEqual({ row: 2, column: 2 })
  expect(press('ArrowLeft')).toEqual({ row: 1, column: 1 })
  expect(press('ArrowRight')).toEqual({ row: 1, column: 3 })
})

test('Home and End lead along the row, with Ctrl to the corners', () => {
  expect(press('Home')).toEqual({ row: 1, column: 0 })
  expect(press('End')).toEqual({ row: 1, column: 3 })
  expect(press('Home', true)).toEqual({ row: 0, column: 0 })
  expect(press('End', true)).toEqual({ row: 3, column: 3 })
})

test('nothing leads out of the matrix, and other keys do not move', () => {
  expect(press('ArrowRight', false, { row: 3, column: 3 })).toEqual({ row: 3, column: 3 })
  expect(press('ArrowUp', false, { row: 0, column: 0 })).toEqual({ row: 0, column: 0 })
  expect(press('Enter')).toBeUndefined()
})
