import { expect, test } from 'vitest'
import { gridAverage } from './gridAverage'
import { createMatrix } from './matrix'

test('a grid that divides the image averages its tiles', () => {
  const input = { height: 2, width: 4, channels: 1 }
  const image = createMatrix(8, 1, Float64Array.of(1, 3, 5, 7, 9, 11, 13, 15))
  const averaged = gridAverage(image, { rows: 1, input, grid: { height: 1, width: 2, channels: 1 } })
  expect([...averaged.values]).toEqual([6, 10])
})

test('cells of a grid that does not divide the image share positions, as PyTorch’s adaptive pool has it', () => {
  const input = { height: 1, width: 5, channels: 1 }
  const image = createMatrix(5, 1, Float64Array.of(1, 2, 3, 4, 5))
  // torch.nn.functional.adaptive_avg_pool1d(torch.arange(1., 6.)[None], 3) is [1.5, 3, 4.5].
  const averaged = gridAverage(image, { rows: 1, input, grid: { height: 1, width: 3, channels: 1 } })
  expect([...averaged.values]).toEqual([1.5, 3, 4.5])
})
