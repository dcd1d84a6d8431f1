import { expect, test } from 'vitest'
import { formatBytes, placeSlices } from './buffers'

test('slices start at aligned offsets, in order and without overlap', () => {
  expect(placeSlices([1, 64, 65, 0, 3], 256)).toEqual({ offsets: [0, 256, 512, 1024, 1024], totalBytes: 1036 })
  expect(placeSlices([], 256)).toEqual({ offsets: [], totalBytes: 0 })
})

test('sizes read as people write them', () => {
  expect([0, 1023, 1024, 1536, 5_000_000, 2 ** 31 - 4].map(formatBytes)).toEqual([
    '0 bytes',
    '1023 bytes',
    '1 KiB',
    '1.5 KiB',
    '4.77 MiB',
    '2 GiB',
  ])
})
