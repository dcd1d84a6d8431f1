import { expect, test } from 'vitest'
import { labelledRows } from './labelledRows'

test('rows tall enough for text all keep it', () => {
  expect([...labelledRows(5, 1, 2)]).toEqual([0, 1, 2, 3, 4])
})

test('low rows take turns, and the selected one is always among them', () => {
  expect([...labelledRows(12, 3, 6)]).toEqual([0, 3, 6, 9])
  expect([...labelledRows(12, 3, 7)]).toEqual([0, 3, 7])
})

test('no two labels are closer than their text is high', () => {
  for (const count of [1, 7, 64, 65]) {
    for (const every of [1, 2, 3, 5]) {
      for (let selected = 0; selected < count; selected++) {
        const rows = [...labelledRows(count, every, selected)]
        expect(rows).toContain(selected)
        for (const [index, row] of rows.slice(1).entries())
          expect(row - (rows[index] ?? 0)).toBeGreaterThanOrEqual(every)
      }
    }
  }
})

test('a selection outside the rows takes nothing away', () => {
  expect([...labelledRows(6, 3, -1)]).toEqual([0, 3])
  expect([...labelledRows(6, 3, 7)]).toEqual([0, 3])
})
