import { describe, expect, test } from 'vitest'
import type { Filters, Inspected, LayerMaps } from '../../runs/state'
import { filterTiles } from './filterTiles'
import { describeFigures, describeFilters, describeSize, mapOf, nameMap, summariseAnswer } from './mapText'
import { addPoint } from './strokes'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const image = (height: number, width: number, channels: number) => ({ height, width, channels })

const layer: LayerMaps = {
  name: 'conv 1',
  kind: 'conv',
  shape: image(2, 2, 3),
  shown: image(2, 2, 3),
  isSigned: false,
  values: Float32Array.of(0, 1, 2, 3, 0, 0, 0, 0, 4, 4, 4, 4),
}

const seen: Inspected = {
  run: '1',
  step: 1200,
  part: 'heldOut',
  index: 16,
  label: 1,
  task: { kind: 'classification', classes: 2, classNames: ['disc', 'ring'] },
  shape: image(2, 2, 1),
  range: [0, 1],
  input: new Float32Array(4),
  answer: { kind: 'probabilities', values: Float32Array.of(0.25, 0.75) },
  layers: [layer],
  filters: undefined,
}

describe('what is said of a layer', () => {
  test('is its shape, and what of it is not shown', () => {
    expect(describeSize(layer)).toBe('2×2×3')
    expect(describeSize({ shape: image(1, 1, 2000), shown: image(1, 1, 1024) })).toBe(
      '2,000 units · the first 1,024 shown',
    )
    expect(describeSize({ shape: image(96, 96, 80), shown: image(64, 64, 64) })).toBe(
      '96×96×80 · the first 64 shown · averaged to 64×64',
    )
  })

  test('is each channel’s least, mean and greatest value', () => {
    expect([0, 1, 2].map((channel) => describeFigures(mapOf(layer, channel)))).toEqual([
      '0 to 3.00, mean 1.50',
      '0 everywhere',
      '4.00 everywhere',
    ])
    expect(nameMap(layer, 2)).toBe('channel 3 of 3')
    const unit = { shape: image(1, 1, 4), shown: image(1, 1, 4), values: Float32Array.of(1, 2, 3, -4) }
    expect(nameMap(unit, 3)).toBe('unit 4 of 4')
    expect(describeFigures(mapOf(unit, 3))).toBe('−4.00')
  })
})

test('an answer is told in a sentence, right or wrong', () => {
  expect(plain(summariseAnswer(seen))).toBe(
    'Step 1,200, held-out sample 17 (ring): the network says ring with 75 %, which is right. Feature maps of 1 layer are shown.',
  )
  const wrong = { ...seen, answer: { kind: 'scores', values: Float32Array.of(0.9, 0.2) } } as const
  expect(summariseAnswer(wrong)).toContain('the network says disc, which is wrong.')
  const broken = { ...seen, answer: { kind: 'probabilities', values: new Float32Array(2).fill(Number.NaN) } } as const
  expect(summariseAnswer(broken)).toContain('the network’s outputs are not numbers.')
  const half = { ...seen, answer: { kind: 'scores', values: Float32Array.of(Number.NaN, -3) } } as const
  expect(summariseAnswer(half)).toContain('the network says ring, which is right.')
  const drawn = { ...seen, part: 'drawing', index: undefined, label: undefined } as const
  expect(plain(summariseAnswer(drawn))).toContain('your drawing: the network says ring with 75 %.')
  const task = { kind: 'regression', outputs: 1 } as const
  const value = { ...seen, task, label: undefined, answer: { kind: 'values', values: Float32Array.of(-2, 3) } } as const
  expect(summariseAnswer(value)).toContain('held-out sample 17: the network answers with −2.00 and 1 more.')
  const picture = { ...seen, answer: { kind: 'picture', values: new Float32Array(4) } } as const
  expect(summariseAnswer(picture)).toContain('the network answers with a picture of its own.')
})

describe('filters', () => {
  const filters = (inputs: number, values: readonly number[]): Filters => ({
    layer: 'conv 1',
    height: 1,
    width: 2,
    inputs,
    outputs: 2,
    shownInputs: inputs,
    shownOutputs: 2,
    values: Float32Array.from(values),
  })

  test('of a grey picture are one tile each', () => {
    const tiles = filterTiles(filters(1, [1, 2, 3, 4]))
    expect(tiles).toMatchObject({ count: 2, columns: undefined, isColour: false })
    expect([...tiles.valuesOf(1)]).toEqual([3, 4])
    expect(tiles.name(1)).toBe('filter 2')
  })

  test('of three colours are pictures in colour', () => {
    const tiles = filterTiles(filters(3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]))
    expect(tiles).toMatchObject({ count: 2, columns: undefined, isColour: true })
    expect([...tiles.valuesOf(1)]).toEqual([7, 9, 11, 8, 10, 12])
  })

  test('of many channels are a row of tiles each', () => {
    const tiles = filterTiles(filters(2, [1, 2, 3, 4, 5, 6, 7, 8]))
    expect(tiles).toMatchObject({ count: 4, columns: 2, isColour: false })
    expect([...tiles.valuesOf(2)]).toEqual([5, 6])
    expect(tiles.name(3)).toBe('filter 2 on channel 2')
  })

  test('say how many there are, and how many are shown', () => {
    expect(describeFilters(filters(1, []))).toBe('2 filters of 1×2')
    const cut = { ...filters(40, []), height: 3, width: 3, outputs: 64, shownInputs: 32, shownOutputs: 32 }
    expect(describeFilters(cut)).toBe('64 filters of 3×3, each on 40 channels · the first 32 × 32 shown')
    const matrix = { ...filters(8, []), height: 1, width: 1 }
    expect(describeFilters(matrix)).toBe('2 units × 8 weights')
  })
})

test('a stroke grows where the hand moves, and stays on the pad', () => {
  const stroke = [0.5, 0.5]
  expect(addPoint(stroke, [0.501, 0.5])).toBe(stroke)
  expect(addPoint(stroke, [1.2, -0.1])).toEqual([0.5, 0.5, 1, 0])
})
