import { expect, test } from 'vitest'
import { findTail } from './tail'

const constant = (saturation: number, columns = 20): Float32Array => new Float32Array(columns).fill(saturation)

test('the last layers below half of the peak are a tail', () => {
  expect(findTail([0.9, 0.6, 0.3, 0.2, 0.1].map((saturation) => constant(saturation)))).toBe(2)
})

test('one low layer at the end is no tail', () => {
  expect(findTail([0.9, 0.6, 0.2].map((saturation) => constant(saturation)))).toBeUndefined()
})

test('low layers followed by a high one are no tail', () => {
  expect(findTail([0.9, 0.1, 0.1, 0.8].map((saturation) => constant(saturation)))).toBeUndefined()
})

test('exactly half of the peak is not below it', () => {
  expect(findTail([0.8, 0.4, 0.4].map((saturation) => constant(saturation)))).toBeUndefined()
})

test('only the last 20 columns count, and unmeasured ones do not', () => {
  const fallen = [...constant(0.9, 50), ...constant(0.1)]
  expect(findTail([constant(0.8, 70), fallen, fallen])).toBe(1)
  const gaps = fallen.map((saturation, column) => (column % 2 ? Number.NaN : saturation))
  expect(findTail([constant(0.8, 70), gaps, gaps])).toBe(1)
})

test('a dead network and an empty one have no tail', () => {
  expect(findTail([constant(0), constant(0)])).toBeUndefined()
  expect(findTail([])).toBeUndefined()
  expect(findTail([[], []])).toBeUndefined()
})
