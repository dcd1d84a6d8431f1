import { expect, test } from 'vitest'
import { chooseVariant, describeVariant, innerPerSplit } from './variants'

const gpu = { software: false }
const software = { software: true }

test('adapters that compute on the CPU multiply in registers, in one piece', () => {
  expect(chooseVariant({ rows: 64, columns: 10, inner: 4096 }, software, true)).toEqual({ tile: 0, splits: 1 })
  expect(chooseVariant({ rows: 4096, columns: 4096, inner: 16 }, software, true)).toEqual({ tile: 0, splits: 1 })
})

test('a GPU gets large tiles where there are enough of them, small ones elsewhere', () => {
  expect(chooseVariant({ rows: 785, columns: 512, inner: 128 }, gpu, true)).toEqual({ tile: 64, splits: 1 })
  expect(chooseVariant({ rows: 128, columns: 512, inner: 256 }, gpu, true)).toEqual({ tile: 32, splits: 1 })
})

test('small results of long sums are split until the GPU is busy, but not into crumbs', () => {
  expect(chooseVariant({ rows: 64, columns: 128, inner: 784 }, gpu, true)).toEqual({ tile: 32, splits: 6 })
  expect(chooseVariant({ rows: 128, columns: 10, inner: 512 }, gpu, true)).toEqual({ tile: 32, splits: 4 })
  expect(chooseVariant({ rows: 128, columns: 10, inner: 508 }, gpu, true).splits).toBe(1)
  expect(chooseVariant({ rows: 128, columns: 512, inner: 512 }, gpu, true).splits).toBe(1)
  expect(chooseVariant({ rows: 128, columns: 10, inner: 512 }, gpu, false).splits).toBe(1)
})

test('a forced variant is obeyed as far as the sums reach', () => {
  expect(chooseVariant({ rows: 64, columns: 64, inner: 256 }, software, true, { tile: 64, splits: 4 })).toEqual({
    tile: 64,
    splits: 4,
  })
  expect(chooseVariant({ rows: 64, columns: 64, inner: 4 }, gpu, true, { splits: 4 }).splits).toBe(1)
})

test('splits are whole steps that cover the sums, and none is empty', () => {
  for (let inner = 4; inner <= 2048; inner += 4) {
    for (const tile of [0, 32, 64] as const) {
      for (const wanted of [1, 2, 3, 5, 8]) {
        const variant = chooseVariant({ rows: 8, columns: 8, inner }, gpu, true, { tile, splits: wanted })
        const terms = innerPerSplit(inner, variant)
        expect(terms % (tile === 0 ? 4 : tile / 2)).toBe(0)
        expect(variant.splits).toBeLessThanOrEqual(wanted)
        expect(terms * variant.splits).toBeGreaterThanOrEqual(inner)
        expect(terms * (variant.splits - 1)).toBeLessThan(inner)
      }
    }
  }
})

test('variants are named for the record', () => {
  expect(describeVariant({ tile: 0, splits: 1 })).toBe('registers')
  expect(describeVariant({ tile: 32, splits: 4 })).toBe('tiles of 32, 4 splits')
})
