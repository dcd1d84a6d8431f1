import { describe, expect, test } from 'vitest'
import { widthAt, widthByKey, widthScale } from './widthScale'

const limit = 2048

describe('the scale of the usage bars', () => {
  test('is even up to the widest layer and reaches twice its width', () => {
    const { most, toLength } = widthScale(80, limit)
    expect([0, 40, 80, 160].map(toLength)).toEqual([0, 0.375, 0.75, 1])
    expect(most).toBe(160)
  })

  test.each([1, 8, 80, 1000, 1500, 2048])('has every width of a network of at most %i units where it was', (widest) => {
    const { most, toLength, toUnits } = widthScale(widest, limit)
    for (let units = 0; units <= most; units++) expect(toUnits(toLength(units))).toBeCloseTo(units, 8)
  })

  test('ends at the limit of the settings, and is even where the widest layer has it already', () => {
    expect(widthScale(1500, limit).most).toBe(limit)
    expect(widthScale(1500, limit).toUnits(1)).toBe(limit)
    expect(widthScale(limit, limit).toLength(limit / 2)).toBe(0.5)
  })

  test('keeps lengths on the track whatever they stand for', () => {
    const { toLength, toUnits } = widthScale(80, limit)
    expect([toLength(5000), toLength(-3), toUnits(2), toUnits(-1)]).toEqual([1, 0, 160, 0])
  })
})

describe('a dragged handle', () => {
  const drag = { scale: widthScale(80, limit), trackPixels: 224, marks: [80, 13], fine: false }
  const at = (units: number) => drag.scale.toLength(units) * drag.trackPixels

  test('rests at round widths that are far enough apart to be hit', () => {
    const found = new Set<number>()
    for (let pixel = 0; pixel <= 224; pixel++) found.add(widthAt(pixel, drag))
    const widths = [...found].toSorted((a, b) => a - b)
    expect(widths.filter((width) => width % 2 !== 0)).toEqual([1, 13])
    expect(widths.at(-1)).toBe(160)
    expect(widths.length).toBeLessThan(224 / 3)
    expect(widths.filter((width) => width > 88).every((width) => width % 8 === 0)).toBe(true)
  })

  test('is pulled to what the layer has and to what it uses', () => {
    expect(widthAt(at(80), drag)).toBe(80)
    expect(widthAt(at(13) + 4, drag)).toBe(13)
    expect(widthAt(at(13) + 6, drag)).not.toBe(13)
  })

  test('hits every single width when it is moved finely', () => {
    expect(widthAt(at(37), { ...drag, fine: true })).toBe(37)
    expect(widthAt(at(12), { ...drag, fine: true })).toBe(12)
  })

  test('never leaves a layer without units, even beside a layer that uses none', () => {
    expect(widthAt(-50, drag)).toBe(1)
    expect(widthAt(0, { ...drag, fine: true })).toBe(1)
    expect(widthAt(0, { ...drag, marks: [0] })).toBe(1)
  })

  test('goes no further than the end of the track', () => {
    expect(widthAt(900, drag)).toBe(160)
  })
})

test.each([
  ['ArrowRight', 65],
  ['ArrowUp', 65],
  ['ArrowLeft', 63],
  ['ArrowDown', 63],
  ['PageUp', 96],
  ['PageDown', 48],
  ['Home', 11],
  ['End', 128],
  ['a', undefined],
  ['toString', undefined],
])('%s on a handle of 64 units that uses 11 leads to %s', (key, width) => {
  expect(widthByKey(key, 64, 11, 128)).toBe(width)
})

test('keys stay between one unit and the end of the scale', () => {
  expect(widthByKey('ArrowLeft', 1, undefined, 16)).toBe(1)
  expect(widthByKey('Home', 5, undefined, 16)).toBe(1)
  expect(widthByKey('Home', 5, 0, 16)).toBe(1)
  expect(widthByKey('PageUp', 16, 3, 16)).toBe(16)
})
