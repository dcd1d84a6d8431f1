import { expect, test } from 'vitest'
import { formatQuantity } from './formatQuantity'

test.each([
  [0, 'B', '0 B'],
  [640, 'B', '640 B'],
  [999, 'B', '999 B'],
  [1000, 'B', '1.00 kB'],
  [59_020, 'FLOP', '59.0 kFLOP'],
  [354_304, 'B', '354 kB'],
  [999_499, 'B', '999 kB'],
  [999_600, 'B', '1.00 MB'],
  [1_256_000, 'B', '1.26 MB'],
  [8.4e9, 'FLOP', '8.40 GFLOP'],
])('%d %s is told as “%s”', (value, unit, text) => expect(formatQuantity(value, unit)).toBe(text))
