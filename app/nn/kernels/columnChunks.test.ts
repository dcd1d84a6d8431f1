import { expect, test } from 'vitest'
import { chunkCount, chunkScratchBytes, columnChunks } from './columnChunks'

const ADAPTERS = [{ software: false }, { software: true }]

test.each(ADAPTERS)('chunks cover all rows, and there are never more than 256 (%o)', (adapter) => {
  for (const rows of [1, 2, 63, 64, 65, 511, 513, 50_176, 4_000_000]) {
    for (const channels of [1, 4, 17, 64, 512]) {
      const chunks = columnChunks(rows, channels, adapter)
      expect(chunkCount(chunks)).toBeLessThanOrEqual(256)
      expect(chunks.chunkRows * chunkCount(chunks)).toBeGreaterThanOrEqual(rows)
      expect(chunks.chunkRows % chunks.lanes.LANES).toBe(0)
    }
  }
})

test('a batch of 64 images of 28×28 gives the cores of a GPU something to do each', () => {
  const chunks = columnChunks(64 * 28 * 28, 16, { software: false })
  expect(chunkCount(chunks)).toBe(98)
  expect(chunks.lanes).toEqual({ SLOTS: 4, LANES: 64 })
})

test('scratch holds the leading rows and two for each chunk', () => {
  const lanes = { SLOTS: 16, LANES: 1 }
  const chunks = { rows: 17, channels: 5, chunkRows: 8, lanes, finishLanes: lanes }
  expect(chunkScratchBytes(chunks, 1)).toBe((1 + 2 * 3) * 8 * 4)
})
