import { expect, test } from 'vitest'
import type { HistoryColumn } from '../../runs/state'
import { ColumnPairs } from './columnPairs'

const column = (step: number): HistoryColumn => ({
  step,
  spectra: [],
  heldOutLoss: undefined,
  heldOutAccuracy: undefined,
})
const columnsAt = (...steps: readonly number[]) => steps.map(column)
const stepsOf = (own: readonly HistoryColumn[], baseline: readonly HistoryColumn[]) =>
  new ColumnPairs().of(own, baseline).map((pair) => [pair.step, pair.column.step, pair.baseline.step])

test('runs measured at the same steps are paired column by column', () => {
  const pairs = stepsOf(columnsAt(0, 4, 9), columnsAt(0, 4, 9))
  expect(pairs).toEqual([
    [0, 0, 0],
    [4, 4, 4],
    [9, 9, 9],
  ])
})

test('of runs measured at other steps, columns are paired that have none nearer', () => {
  expect(stepsOf(columnsAt(0, 10, 20, 30), columnsAt(0, 4, 8, 20, 26, 30))).toEqual([
    [0, 0, 0],
    [10, 10, 8],
    [20, 20, 20],
    [30, 30, 30],
  ])
})

test('a column that is held for long is not compared with newer ones', () => {
  const dense = Array.from({ length: 34 }, (_, index) => 3 * index)
  expect(stepsOf(columnsAt(0, 98, 99), columnsAt(...dense))).toEqual([
    [0, 0, 0],
    [99, 99, 99],
  ])
})

test('there are pairs only where both runs have been measured', () => {
  expect(stepsOf(columnsAt(10, 20), columnsAt(0, 5, 10, 15, 20, 25, 30))).toEqual([
    [10, 10, 10],
    [20, 20, 20],
  ])
  expect(stepsOf(columnsAt(0, 40), columnsAt(0, 30))).toEqual([[0, 0, 0]])
  expect(stepsOf(columnsAt(0, 5), columnsAt(10, 20))).toEqual([])
  expect(stepsOf([], columnsAt(0))).toEqual([])
})

test('a pair made before is the same object while its columns are', () => {
  const pairs = new ColumnPairs()
  const [own, baseline] = [columnsAt(0, 5, 10), columnsAt(0, 5, 10)]
  const before = pairs.of(own, baseline)
  const after = pairs.of([...own, column(15)], [...baseline, column(15)])
  expect(after).toHaveLength(4)
  before.forEach((pair, index) => expect(after[index]).toBe(pair))
  const replaced = pairs.of([...own, column(15)], [...baseline.slice(0, 2), column(11), column(15)])
  expect(replaced.map(({ step }) => step)).toEqual([0, 5, 11, 15])
  expect(replaced[1]).toBe(before[1])
  expect(replaced[2]).not.toBe(before[2])
})
