import { describe, expect, test } from 'vitest'
import { findTail } from '../../metrics/tail'
import { directionsOf, thumbnails } from './thumbnails'

/** Saturations of the hidden layers of a preset's run, by layer and column. */
function hiddenSaturations(preset: string): number[][] {
  const layers = thumbnails[preset]?.layers ?? []
  return layers.slice(0, -1).map((layer) => directionsOf(layer).map((k) => k / layer.width))
}

function lastOf(values: readonly number[]): number {
  return values.at(-1) ?? Number.NaN
}

/** k of a hidden layer, counted from 1, at the end. */
function finalDirections(preset: string, hidden: number): number {
  const layer = thumbnails[preset]?.layers[hidden - 1]
  return layer ? lastOf(directionsOf(layer)) : Number.NaN
}

// What the presets say of themselves, against what was measured.
describe('on record', () => {
  test('the first preset has a tail from hidden 3 on, and the healthy network has none', () => {
    expect(findTail(hiddenSaturations('too-wide'))).toBe(2)
    expect(findTail(hiddenSaturations('healthy'))).toBeUndefined()
  })

  test('the healthy network ends with a third to three fifths of every layer in use', () => {
    for (const layer of hiddenSaturations('healthy')) {
      expect(lastOf(layer)).toBeGreaterThan(1 / 3)
      expect(lastOf(layer)).toBeLessThan(3 / 5)
    }
    expect(thumbnails['healthy']?.heldOut.accuracy).toBeGreaterThan(0.93)
  })

  test('the bottleneck is full in every column and costs accuracy', () => {
    expect(new Set(hiddenSaturations('bottleneck')[1])).toEqual(new Set([1]))
    expect(thumbnails['bottleneck']?.heldOut.accuracy).toBeCloseTo(0.87, 1)
  })

  test('dead units leave hidden 3 with no more than 3 of 32 directions from the second column on', () => {
    const [start = 0, ...later] = hiddenSaturations('dead-units')[2] ?? []
    expect(start * 32).toBe(26)
    expect(Math.max(...later) * 32).toBeLessThanOrEqual(3)
  })

  test('noise learned by heart takes about 50 directions of hidden 2', () => {
    expect(finalDirections('memorising', 2)).toBeCloseTo(50, -1)
    expect(thumbnails['memorising']?.heldOut.accuracy).toBeLessThan(0.2)
  })

  test('a learning rate that is too small leaves every layer as it began', () => {
    for (const layer of hiddenSaturations('too-slow')) expect(layer[0]! - lastOf(layer)).toBeLessThan(0.02)
  })

  test('a signal that fades leaves hidden 3 to 5 with 1 or 2 of 40 directions from step 200 on', () => {
    for (const layer of hiddenSaturations('fading').slice(2)) {
      expect(layer[0]! * 40).toBeGreaterThanOrEqual(17)
      expect(Math.max(...layer.slice(10)) * 40).toBeLessThanOrEqual(2)
    }
  })

  test('a known dimension of 6 is what its first layer shows', () => {
    expect(Math.max(...(hiddenSaturations('subspace')[0] ?? [])) * 32).toBe(6)
  })
})

// Convolutions on images: A and what races beside it, B.
describe('on record, of images', () => {
  const saturations = (preset: string, run: 'A' | 'B') => {
    const thumbnail = thumbnails[preset]
    const layers = (run === 'A' ? thumbnail : thumbnail?.against)?.layers ?? []
    return layers.slice(0, -1).map((layer) => directionsOf(layer).map((k) => k / layer.width))
  }
  const ends = (preset: string, run: 'A' | 'B') => saturations(preset, run).map(lastOf)
  const accuracy = (preset: string, run: 'A' | 'B') =>
    (run === 'A' ? thumbnails[preset] : thumbnails[preset]?.against)?.heldOut.accuracy ?? Number.NaN

  test('small images leave a tail of four convolutions, larger ones and a later stride do not', () => {
    expect(findTail(saturations('image-tail', 'A'))).toBe(6)
    expect(findTail(saturations('image-stem', 'A'))).toBe(6)
    for (const preset of ['image-size', 'image-stem']) {
      expect(findTail(saturations(preset, 'B'))).toBeUndefined()
      expect(accuracy(preset, 'B')).toBeGreaterThan(accuracy(preset, 'A') + 0.1)
    }
  })

  test('what is too narrow is full and learns less', () => {
    expect(ends('image-width', 'B').slice(1)).toEqual([1, 1])
    expect(Math.max(...ends('image-width', 'A'))).toBeLessThan(0.6)
    expect(accuracy('image-width', 'B')).toBeLessThan(accuracy('image-width', 'A') - 0.2)
  })

  test('ten classes take more than twice the directions of two in conv 3', () => {
    expect(lastOf(ends('image-classes', 'B'))).toBeGreaterThan(2 * lastOf(ends('image-classes', 'A')))
  })

  test('random labels take twice the directions of true ones, and teach nothing', () => {
    expect(lastOf(ends('image-labels', 'A'))).toBeGreaterThan(2 * lastOf(ends('image-labels', 'B')))
    expect(accuracy('image-labels', 'A')).toBeLessThan(0.2)
    expect(accuracy('image-labels', 'B')).toBeGreaterThan(0.8)
  })

  test('without shortcuts little reaches the end', () => {
    expect(accuracy('image-shortcuts', 'A')).toBeGreaterThan(0.7)
    expect(accuracy('image-shortcuts', 'B')).toBeLessThan(0.3)
    expect(Math.max(...ends('image-shortcuts', 'B').slice(-4))).toBeLessThan(0.25)
  })

  test('a narrow code is full and costs a third more of the picture', () => {
    expect(ends('image-autoencoder', 'A')[2]).toBe(1)
    expect(ends('image-autoencoder', 'B')[2]).toBeLessThan(0.75)
    const [narrow, wide] = [thumbnails['image-autoencoder'], thumbnails['image-autoencoder']?.against]
    expect(wide?.heldOut.loss).toBeLessThan(0.75 * (narrow?.heldOut.loss ?? 0))
  })
})
