import { describe, expect, test } from 'vitest'
import { applyView, drawView, type ImageView } from './augmentation'

const DRAWS = 20_000
const both = { crop: 2, flip: true }

/** Of as many samples in an epoch as there are draws. */
function views(epoch = 3, seed = 7, augmentation = both): readonly ImageView[] {
  return Array.from({ length: DRAWS }, (_, sample) => drawView(augmentation, seed, epoch, sample))
}

/** Asserts that as many of each of `cells` occurred as chance allows: 4.5 deviations of χ². */
function expectUniform(drawn: readonly number[], cells: number): void {
  const seen = new Float64Array(cells)
  for (const cell of drawn) seen[cell]!++
  const expected = drawn.length / cells
  const chiSquared = seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  expect(chiSquared).toBeLessThan(cells - 1 + 4.5 * Math.sqrt(2 * (cells - 1)))
}

/** Number of a view among the 5 · 5 · 2 that there are. */
function cellOf({ down, right, isMirrored }: ImageView): number {
  return ((down + 2) * 5 + right + 2) * 2 + Number(isMirrored)
}

describe('how an image is seen', () => {
  test('is drawn evenly from all shifts and both sides, independently of each other', () => {
    expectUniform(views().map(cellOf), 50)
    expectUniform(
      views(0, 1, { crop: 63, flip: false }).map(({ right }) => right + 63),
      127,
    )
  })

  test('is independent of the sample before, the epoch before and another seed', () => {
    const drawn = views()
    for (const other of [[...drawn.slice(1), drawn[0]!], views(4), views(3, 8)]) {
      expectUniform(
        drawn.map(({ down }, index) => (down + 2) * 5 + other[index]!.right + 2),
        25,
      )
      expectUniform(
        drawn.map((view, index) => Number(view.isMirrored) * 2 + Number(other[index]!.isMirrored)),
        4,
      )
      const shifted = drawn.filter((view, index) => cellOf(view) === cellOf(other[index]!)).length
      expect(shifted / DRAWS).toBeCloseTo(1 / 50, 2)
    }
  })

  test('depends on seed, epoch and sample alone, and shifts and mirrors only where it is told to', () => {
    expect(drawView(both, 4_294_967_295, 9, 5)).toEqual(drawView(both, 4_294_967_295, 9, 5))
    const still = views(3, 7, { crop: 0, flip: true })
    expect(still.every(({ down, right }) => down === 0 && right === 0)).toBe(true)
    // The sides do not change with the shifts that are allowed.
    expect(still.map(({ isMirrored }) => isMirrored)).toEqual(views().map(({ isMirrored }) => isMirrored))
    expect(views(3, 7, { crop: 2, flip: false }).some(({ isMirrored }) => isMirrored)).toBe(false)
  })
})

describe('an image of 2×3 positions and two channels', () => {
  const shape = { height: 2, width: 3, channels: 2 }
  /** Rows of positions “ab” with the channels a and b. */
  const seen = (view: Partial<ImageView>): string => {
    const image = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    applyView(image, shape, { down: 0, right: 0, isMirrored: false, ...view })
    return [image.subarray(0, 6), image.subarray(6)].map((row) => row.join(' ')).join(' / ')
  }

  test.each<[string, Partial<ImageView>, string]>([
    ['stays', {}, '1 2 3 4 5 6 / 7 8 9 10 11 12'],
    ['is mirrored, channels in their order', { isMirrored: true }, '5 6 3 4 1 2 / 11 12 9 10 7 8'],
    ['repeats its last column', { right: 1 }, '3 4 5 6 5 6 / 9 10 11 12 11 12'],
    ['repeats its first column', { right: -2 }, '1 2 1 2 1 2 / 7 8 7 8 7 8'],
    ['repeats its last row', { down: 1 }, '7 8 9 10 11 12 / 7 8 9 10 11 12'],
    ['repeats a corner', { down: -1, right: -1 }, '1 2 1 2 3 4 / 1 2 1 2 3 4'],
    ['is shifted, then mirrored', { right: 1, isMirrored: true }, '5 6 5 6 3 4 / 11 12 11 12 9 10'],
  ])('%s', (_name, view, expected) => {
    expect(seen(view)).toBe(expected)
  })
})
