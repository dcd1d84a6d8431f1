import { expect, test } from 'vitest'
import { batchRows, permutationHalfBits, permutedRow } from './permutation'

function order(count: number, seed: number, epoch: number): number[] {
  return Array.from({ length: count }, (_, position) => permutedRow(position, count, seed, epoch))
}

const COUNTS = [1, 2, 3, 4, 5, 10, 16, 17, 64, 1000, 6000]

test('an epoch visits every sample exactly once, whatever their number', () => {
  for (const count of COUNTS) {
    for (const epoch of [0, 1, 77]) {
      const sorted = order(count, 4_294_967_295, epoch).toSorted((a, b) => a - b)
      expect(sorted).toEqual(Array.from({ length: count }, (_, row) => row))
    }
  }
})

test('the domain is less than four times the count, so that cycles are short', () => {
  for (const count of COUNTS.filter((count) => count > 1)) {
    const domain = 4 ** permutationHalfBits(count)
    expect(domain).toBeGreaterThanOrEqual(count)
    expect(domain).toBeLessThan(Math.max(5, 4 * count))
  }
})

test('epochs and seeds have different orders', () => {
  expect(order(1000, 7, 0)).toEqual(order(1000, 7, 0))
  const shared = (a: number[], b: number[]): number => a.filter((row, position) => row === b[position]).length
  // Two random orders of 1,000 agree in one place on average; 8 or more happens once in 100,000 pairs.
  expect(shared(order(1000, 7, 0), order(1000, 7, 1))).toBeLessThan(8)
  expect(shared(order(1000, 7, 0), order(1000, 8, 0))).toBeLessThan(8)
  expect(shared(order(1000, 7, 1), order(1000, 8, 0))).toBeLessThan(8)
})

test('over many epochs every sample comes equally often at every position', () => {
  const epochs = 2000
  for (const count of [2, 3, 5, 10, 17]) {
    const visits = new Float64Array(count * count)
    for (let epoch = 0; epoch < epochs; epoch++) {
      order(count, 3, epoch).forEach((row, position) => visits[position * count + row]!++)
    }
    const expected = epochs / count
    const chiSquared = visits.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
    // (count − 1)² degrees of freedom: mean that many, deviation √(2·that many).
    const freedom = (count - 1) ** 2
    expect(chiSquared, `${count} samples`).toBeLessThan(freedom + 4.5 * Math.sqrt(2 * freedom))
  }
})

test('neighbours in the data are not neighbours in an epoch', () => {
  const rows = order(6000, 1, 0)
  const adjacent = rows.filter((row, position) => position > 0 && Math.abs(row - rows[position - 1]!) === 1).length
  // Two of 6,000 expected.
  expect(adjacent).toBeLessThan(10)
})

test('a batch runs on into the following epochs where one ends', () => {
  const rows = new Uint32Array(8)
  batchRows(rows, 3, 5, { epoch: 4, epochOffset: 2 })
  const expected = [order(3, 5, 4)[2]!, ...order(3, 5, 5), ...order(3, 5, 6), order(3, 5, 7)[0]!]
  expect([...rows]).toEqual(expected)
})
