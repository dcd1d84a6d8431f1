import { expect, test } from 'vitest'
import { EditHistory } from './editHistory'

test('undo goes back edit by edit to the beginning, and redo forward again', () => {
  const history = new EditHistory<number>()
  for (let state = 0; state < 10; state++) history.record(state, `edit ${state}`, state)
  let present = 10
  const seen: number[] = []
  while (history.canUndo) seen.push((present = history.undo(present)!))
  expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  expect(history.undo(present)).toBeUndefined()
  while (history.canRedo) present = history.redo(present)!
  expect(present).toBe(10)
  expect(history.redo(present)).toBeUndefined()
})

test('a slider that is dragged is one edit; the same slider again later is another', () => {
  const history = new EditHistory<number>()
  for (let state = 0; state < 20; state++) history.record(state, 'width', state * 50)
  history.record(20, 'width', 5_000)
  expect(history.undo(21)).toBe(20)
  expect(history.undo(20)).toBe(0)
})

test('an edit after an undo begins another future', () => {
  const history = new EditHistory<string>()
  history.record('a', 'first', 0)
  expect(history.undo('b')).toBe('a')
  history.record('a', 'first', 10)
  expect(history.canRedo).toBe(false)
  expect(history.undo('c')).toBe('a')
})

test('what is kept is bounded', () => {
  const history = new EditHistory<number>()
  for (let state = 0; state < 1_000; state++) history.record(state, `edit ${state}`, state)
  let undone = 0
  while (history.undo(0) !== undefined) undone++
  expect(undone).toBe(200)
})
