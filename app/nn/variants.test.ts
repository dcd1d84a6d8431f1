import { expect, test } from 'vitest'
import { chooseVariant, describeVariant, innerPerSplit } from './variants'

const gpu = { software: false }
const software = { software: true }

/** A layer of 100 × 100. */
const layer = { weights: 10_000, splittable: true }

test('adapters that compute on the CPU share nothing and split nothing, and small layers compile quickly', () => {
  const large = { weights: 784 * 64, splittable: true }
  expect(chooseVariant({ rows: 64, columns: 10, inner: 4096 }, layer, software)).toEqual({ tile: 8, splits: 1 })
  expect(chooseVariant({ rows: 64, columns: 10, inner: 4096 }, large, software)).toEqual({ tile: 16, splits: 1 })
})

test('a result of few large tiles, as the weights on one channel, is cut small enough for every lane of a CPU', () => {
  const large = { weights: 784 * 64, splittable: true }
  const filters = { rows: 13, columns: 16, inner: 64 * 28 * 28 }
  expect(chooseVariant(filters, large, software).tile).toBe(8)
  expect(chooseVariant({ ...filters, rows: 49 }, large, software).tile).toBe(16)
})

test('a GPU gets large tiles where there are enough of them, small ones elsewhere', () => {
  expect(chooseVariant({ rows: 785, columns: 512, inner: 128 }, layer, gpu)).toEqual({ tile: 64, splits: 1 })
  expect(chooseVariant({ rows: 128, columns: 512, inner: 256 }, layer, gpu)).toEqual({ tile: 32, splits: 1 })
})

test('small results of long sums are split until the GPU is busy, but not into crumbs', () => {
  expect(chooseVariant({ rows: 64, columns: 128, inner: 784 }, layer, gpu)).toEqual({ tile: 32, splits: 6 })
  expect(chooseVariant({ rows: 128, columns: 10, inner: 512 }, layer, gpu)).toEqual({ tile: 32, splits: 4 })
  expect(chooseVariant({ rows: 128, columns: 10, inner: 508 }, layer, gpu).splits).toBe(1)
  expect(chooseVariant({ rows: 128, columns: 512, inner: 512 }, layer, gpu).splits).toBe(1)
  expect(chooseVariant({ rows: 128, columns: 10, inner: 512 }, { ...layer, splittable: false }, gpu).splits).toBe(1)
})

test('a GPU computes little beside a narrow result, as far as there is enough of it', () => {
  const positions = 64 * 28 * 28
  expect(chooseVariant({ rows: positions, columns: 16, inner: 144 }, layer, gpu)).toEqual({ tile: 'narrow', splits: 1 })
  expect(chooseVariant({ rows: positions, columns: 32, inner: 288 }, layer, gpu)).toEqual({ tile: 32, splits: 1 })
  expect(chooseVariant({ rows: positions, columns: 48, inner: 288 }, layer, gpu).tile).toBe('narrow')
  expect(chooseVariant({ rows: positions, columns: 64, inner: 288 }, layer, gpu).tile).toBe(64)
  expect(chooseVariant({ rows: 1024, columns: 16, inner: 144 }, layer, gpu).tile).toBe(32)
  expect(chooseVariant({ rows: 1024, columns: 16, inner: 144, copies: 4 }, layer, gpu).tile).toBe('narrow')
})

test('sums over all positions of images are split for memory’s sake, and on every adapter for accuracy', () => {
  const filters = { rows: 145, columns: 16, inner: 64 * 28 * 28 }
  expect(chooseVariant(filters, layer, gpu)).toEqual({ tile: 'narrow', splits: 49 })
  expect(chooseVariant({ ...filters, inner: 64 * 7 * 7 }, layer, gpu).splits).toBe(22)
  expect(chooseVariant(filters, layer, software)).toEqual({ tile: 8, splits: 7 })
  const vast = { ...filters, inner: 4096 * 28 * 28 }
  expect(vast.inner / chooseVariant(vast, layer, gpu).splits).toBeLessThanOrEqual(8192)
})

test('a forced variant is obeyed as far as the sums reach', () => {
  expect(chooseVariant({ rows: 64, columns: 64, inner: 256 }, layer, software, { tile: 64, splits: 4 })).toEqual({
    tile: 64,
    splits: 4,
  })
  expect(chooseVariant({ rows: 64, columns: 64, inner: 4 }, layer, gpu, { splits: 4 }).splits).toBe(1)
})

test('splits are whole steps that cover the sums, and none is empty', () => {
  for (let inner = 4; inner <= 2048; inner += 4) {
    for (const [tile, step] of [
      [8, 4],
      [16, 4],
      [32, 16],
      [64, 32],
      ['narrow', 12],
    ] as const) {
      for (const wanted of [1, 2, 3, 5, 8]) {
        const variant = chooseVariant({ rows: 8, columns: 8, inner }, layer, gpu, { tile, splits: wanted })
        const terms = innerPerSplit(inner, variant)
        expect(terms % step).toBe(0)
        expect(variant.splits).toBeLessThanOrEqual(wanted)
        expect(terms * variant.splits).toBeGreaterThanOrEqual(inner)
        expect(terms * (variant.splits - 1)).toBeLessThan(inner)
      }
    }
  }
})

test('variants are named for the record', () => {
  expect(describeVariant({ tile: 8, splits: 1 })).toBe('tiles of 8')
  expect(describeVariant({ tile: 32, splits: 4 })).toBe('shared tiles of 32, 4 splits')
  expect(describeVariant({ tile: 'narrow', splits: 1 })).toBe('shared tiles of 64×16')
})
