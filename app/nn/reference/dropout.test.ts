import { expect, test } from 'vitest'
import { dropoutMask, dropoutThreshold } from './dropout'

const ELEMENTS = 20_000
const base = { rate: 0.3, seed: 7, layer: 2, step: 11 }

function kept(dropout: typeof base): boolean[] {
  const mask = dropoutMask(dropout, 10)!
  return Array.from({ length: ELEMENTS }, (_, element) => mask(element) > 0)
}

/** Share of elements that both masks keep. */
function overlap(first: readonly boolean[], second: readonly boolean[]): number {
  return first.filter((keeps, element) => keeps && second[element]).length / ELEMENTS
}

test('about the stated share is dropped and the rest is scaled so that the mean stays', () => {
  for (const rate of [0.1, 0.5, 0.9]) {
    const mask = dropoutMask({ ...base, rate }, 10)!
    let sum = 0
    for (let element = 0; element < ELEMENTS; element++) sum += mask(element)
    // Four standard deviations of the mean of ELEMENTS draws.
    expect(Math.abs(sum / ELEMENTS - 1)).toBeLessThan(4 * Math.sqrt(rate / (1 - rate) / ELEMENTS))
  }
})

test('masks of neighbouring seeds, layers and steps are independent', () => {
  const mask = kept(base)
  const others = [kept({ ...base, seed: 8 }), kept({ ...base, layer: 3 }), kept({ ...base, step: 12 })]
  // 4 standard deviations of a share of 0.49.
  for (const other of others) expect(Math.abs(overlap(mask, other) - 0.49)).toBeLessThan(4 * Math.sqrt(0.25 / ELEMENTS))
  const shifted = [...mask.slice(1), mask[0]!]
  expect(Math.abs(overlap(mask, shifted) - 0.49)).toBeLessThan(4 * Math.sqrt(0.25 / ELEMENTS))
})

test('the same numbers give the same mask, and rate 0 none', () => {
  expect(kept(base)).toEqual(kept({ ...base }))
  expect(dropoutMask({ ...base, rate: 0 }, 10)).toBeUndefined()
  expect(dropoutMask(undefined, 10)).toBeUndefined()
})

test('rows that share their mask drop whole columns, image by image', () => {
  const [width, positions] = [5, 4]
  const mask = dropoutMask({ ...base, rowsPerMask: positions }, width)!
  const whole = dropoutMask(base, width)!
  for (let row = 0; row < 40; row++) {
    const image = Math.floor(row / positions)
    for (let column = 0; column < width; column++) {
      expect(mask(row * width + column)).toBe(whole(image * width + column))
    }
  }
})

test('every rate below 1 has a threshold of 32 bits', () => {
  expect(dropoutThreshold(0)).toBe(0)
  expect(dropoutThreshold(0.5)).toBe(0x80000000)
  expect(dropoutThreshold(1 - 1e-12)).toBe(0xffffffff)
})
