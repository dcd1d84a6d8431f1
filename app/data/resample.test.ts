import { describe, expect, test } from 'vitest'
import { createResampler } from './resample'

function resize(values: readonly number[], [height, width, channels]: number[], to: [number, number]): number[] {
  const into = new Float64Array(to[0] * to[1] * channels!)
  createResampler({ height: height!, width: width!, channels: channels! }, { height: to[0], width: to[1] })(
    values,
    into,
  )
  return [...into].map((value) => Number(value.toFixed(9)))
}

describe('resizing', () => {
  test('to half the size takes the mean of four pixels', () => {
    const image = [1, 3, 5, 7, 1, 3, 5, 7, 0, 0, 8, 8, 4, 4, 0, 0]
    expect(resize(image, [4, 4, 1], [2, 2])).toEqual([2, 6, 2, 4])
  })

  test('to sizes that do not divide counts pixels by the area that is covered', () => {
    expect(resize([3, 6, 9], [1, 3, 1], [1, 2])).toEqual([(3 + 6 / 2) / 1.5, (6 / 2 + 9) / 1.5])
  })

  test('to more pixels goes in straight lines between the old centres and is level beyond them', () => {
    expect(resize([0, 8], [1, 2, 1], [1, 4])).toEqual([0, 2, 6, 8])
  })

  test('keeps channels apart, and the mean where it is made smaller', () => {
    const image = Array.from({ length: 7 * 5 * 3 }, (_, index) => (index * 37) % 11)
    const small = resize(image, [7, 5, 3], [3, 2])
    for (let channel = 0; channel < 3; channel++) {
      const mean = (values: readonly number[]) => {
        const own = values.filter((_, index) => index % 3 === channel)
        return own.reduce((sum, value) => sum + value, 0) / own.length
      }
      expect(mean(small)).toBeCloseTo(mean(image), 8)
    }
  })

  test('may make one side larger and the other smaller', () => {
    expect(resize([0, 4, 2, 6], [2, 2, 1], [1, 4])).toEqual([1, 2, 4, 5])
  })

  test('to the same size changes nothing', () => {
    expect(resize([5, 1, 2, 7, 3, 9], [2, 3, 1], [2, 3])).toEqual([5, 1, 2, 7, 3, 9])
  })
})
