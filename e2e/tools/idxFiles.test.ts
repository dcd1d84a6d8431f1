import { expect, test } from 'vitest'
import { writeIdx, writeMnistPair } from './idxFiles'

test('an IDX file is magic, sizes and values, all big-endian', () => {
  expect([...writeIdx([2, 3], [1, 2, 3, 4, 5, 255])]).toEqual([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255])
  expect([...writeIdx([2], [1, -2], 'int16')]).toEqual([0, 0, 0x0b, 1, 0, 0, 0, 2, 0, 1, 0xff, 0xfe])
  expect([...writeIdx([1], [1], 'float32')]).toEqual([0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0x80, 0, 0])
})

test('a pair like MNIST’s holds pictures as bytes beside their labels', () => {
  const { images, labels } = writeMnistPair([0, 0.5, 1, 0.2, 0, 0, 0, 1], [3, 7], 2)
  expect([...images]).toEqual([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 128, 255, 51, 0, 0, 0, 255])
  expect([...labels]).toEqual([0, 0, 8, 1, 0, 0, 0, 2, 3, 7])
})
