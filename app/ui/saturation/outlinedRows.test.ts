import { expect, it } from 'vitest'
import { outlinedRows } from './outlinedRows'

it('neighbouring rows have one outline, others one each', () => {
  expect(outlinedRows([0, 1, 2, 3, 4], [3, 0, 2])).toEqual([
    { first: 0, last: 0 },
    { first: 2, last: 3 },
  ])
})

it('a layer is outlined in the row it stands in, and not at all where the heatmap lacks it', () => {
  // Of a run without hidden 2, beside one that has it: its output is the fourth row.
  expect(outlinedRows([0, undefined, 1, 2], [1, 2])).toEqual([{ first: 2, last: 3 }])
  expect(outlinedRows([0, undefined], [1])).toEqual([])
})
