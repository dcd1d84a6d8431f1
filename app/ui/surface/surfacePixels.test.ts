import { expect, it } from 'vitest'
import { surfacePixels } from './surfacePixels'

it('puts row 0, the lowest y, at the bottom of the image', () => {
  const surface = { resolution: 2, outputs: 1, values: Float32Array.from([1, 2, 3, 4]) }
  const pixels = surfacePixels(surface, (values, offset) => [values[offset]!, 0, 0])
  expect([0, 4, 8, 12].map((offset) => pixels[offset])).toEqual([3, 4, 1, 2])
  expect([3, 7, 11, 15].map((offset) => pixels[offset])).toEqual([255, 255, 255, 255])
})

it('steps over all outputs of a point', () => {
  const surface = { resolution: 1, outputs: 3, values: Float32Array.from([0.1, 0.2, 0.7]) }
  expect([...surfacePixels(surface, (values, offset) => [100 * values[offset + 2]!, 0, 0])]).toEqual([70, 0, 0, 255])
})
