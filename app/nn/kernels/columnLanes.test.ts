import { expect, test } from 'vitest'
import { columnLanes, columnWorkgroups } from './columnLanes'

const gpu = { software: false }

test('a software adapter gives each quad of a chunk to one invocation', () => {
  expect(columnLanes(50_000, 64, { software: true }).LANES).toBe(1)
})

test('a GPU reads up to 16 quads side by side and keeps four rows or more for each lane', () => {
  expect(columnLanes(2048, 16, gpu)).toEqual({ SLOTS: 4, LANES: 64 })
  expect(columnLanes(2048, 17, gpu)).toEqual({ SLOTS: 8, LANES: 32 })
  expect(columnLanes(2048, 512, gpu)).toEqual({ SLOTS: 16, LANES: 16 })
  expect(columnLanes(49, 512, gpu)).toEqual({ SLOTS: 16, LANES: 16 })
})

test('workgroups of a GPU have 64 to 256 invocations, whatever the tensor', () => {
  for (const rows of [1, 2, 3, 49, 64, 65, 784, 4096, 100_000]) {
    for (const channels of [1, 3, 4, 5, 16, 17, 65, 257]) {
      const { SLOTS, LANES } = columnLanes(rows, channels, gpu)
      expect(SLOTS * LANES).toBeGreaterThanOrEqual(64)
      expect(SLOTS * LANES).toBeLessThanOrEqual(256)
      expect(Number.isInteger(Math.log2(LANES))).toBe(true)
    }
  }
})

test('every item has a slot', () => {
  expect(columnWorkgroups(17, { SLOTS: 16, LANES: 1 })).toEqual([2, 1, 1])
})
