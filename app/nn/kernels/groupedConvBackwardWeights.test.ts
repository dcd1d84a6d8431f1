import { expect, test } from 'vitest'
import { convCase } from './convTesting'
import { chooseSplits } from './groupedConvBackwardWeights'

const gpu = { software: false }
const software = { software: true }

function depthwise(rows: number, size: number, channels: number) {
  const shape = convCase(rows, { height: size, width: size, channels }, channels, {}, channels)
  return { ...shape, packedInput: false }
}

test('a GPU is given splits until it is busy, but none of fewer than 64 positions', () => {
  // 10 rows of 8 quads: 80 invocations a split.
  expect(chooseSplits(depthwise(64, 28, 32), gpu)).toBe(205)
  expect(chooseSplits(depthwise(16, 8, 32), gpu)).toBe(16)
  expect(chooseSplits(depthwise(2, 3, 32), gpu)).toBe(1)
  expect(chooseSplits(depthwise(64, 28, 4096), gpu)).toBe(7)
})

test('adapters that compute on the CPU are given as many as accuracy wants', () => {
  expect(chooseSplits(depthwise(64, 28, 32), software)).toBe(7)
  expect(chooseSplits(depthwise(16, 8, 32), software)).toBe(1)
})

test('no split is empty', () => {
  for (let size = 1; size < 12; size++) {
    const positions = 3 * size ** 2
    for (let wanted = 1; wanted < 40; wanted++) {
      const splits = chooseSplits(depthwise(3, size, 8), gpu, wanted)
      expect(splits).toBeLessThanOrEqual(wanted)
      expect(Math.ceil(positions / splits) * (splits - 1)).toBeLessThan(positions)
    }
  }
})
