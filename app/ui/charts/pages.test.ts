import { expect, it } from 'vitest'
import { pageCount, pageRange } from './pages'

it('pages hold every row once, the last what is left', () => {
  const rows = 45
  const pages = Array.from({ length: pageCount(rows) }, (_, page) => pageRange(page, rows))
  expect(pages).toEqual([
    { from: 0, to: 20 },
    { from: 20, to: 40 },
    { from: 40, to: 45 },
  ])
})

it('a table without rows has one empty page', () => {
  expect(pageCount(0)).toBe(1)
  expect(pageRange(0, 0)).toEqual({ from: 0, to: 0 })
})
