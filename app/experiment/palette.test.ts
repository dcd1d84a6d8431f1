import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { layerChoices } from './choices'
import { dataShape } from './dataShape'
import { addLayer } from './edits'
import { layerNames } from './layerNames'
import { placeForNew } from './imageLayers'
import { offerLayers, paletteGroups, usualActivation } from './palette'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { Activation, ExperimentSpec, LayerKind } from './spec'

const spec = parseSpecOrThrow({ layers: [{ units: 32 }, { units: 25, activation: 'tanh' }, {}] })
const image = { height: 14, width: 14, channels: 1 }
const kinds = paletteGroups.flatMap((group) => group.kinds)

const offers = (from: ExperimentSpec, kind: LayerKind, activation: Activation = 'relu') =>
  offerLayers(from, kind, activation, image)
const titles = (from: ExperimentSpec, kind: LayerKind) => offers(from, kind).map(({ title }) => title)

test('what is offered is sized by the last hidden layer and takes the activation that was chosen', () => {
  expect(titles(spec, 'dense')).toEqual(['Dense 25', 'Dense 13', 'Dense 50', 'Dense 25 + 20 % dropout'])
  for (const { layer } of offers(spec, 'dense', 'gelu')) expect(layer).toMatchObject({ activation: 'gelu' })
  for (const { layer } of offers(spec, 'residual', 'gelu')) {
    expect(layer).toMatchObject({ layers: [{ activation: 'gelu' }, { activation: 'gelu' }] })
  }
  expect(usualActivation(spec)).toBe('tanh')
})

test('a network without hidden layers is offered the default width and ReLU', () => {
  const alone = parseSpecOrThrow({ layers: [{}] })
  expect(offers(alone, 'dense', usualActivation(alone))[0]?.layer).toMatchObject({ units: 64, activation: 'relu' })
  expect(titles(alone, 'conv')).toEqual([
    'Convolution 16, 3×3',
    'Convolution 32, 3×3, stride 2',
    'Convolution 16, 1×1',
    'Convolution 1, 3×3, depthwise',
  ])
})

test.each([1, 2048])('beside a layer of %i units nothing is offered twice, and all of it is allowed', (units) => {
  const extreme = parseSpecOrThrow({ layers: [{ units }, {}] })
  const offered = offers(extreme, 'dense')
  expect(offered).toHaveLength(3)
  expect(new Set(offered.map(({ title }) => title)).size).toBe(3)
  for (const { layer } of offered) expect(parseSpec(addLayer(extreme, layer)).ok).toBe(true)
})

describe('in a network on images', () => {
  const mixed = parseSpecOrThrow({
    layers: [
      { kind: 'conv', channels: 12 },
      { kind: 'maxPool' },
      { kind: 'residual', layers: [{ kind: 'conv', channels: 20, activation: 'silu' }] },
      { kind: 'globalAveragePool' },
      { units: 33 },
      {},
    ],
  })

  test('layers for images go before what ends the image and are sized by those before them', () => {
    expect(placeForNew(mixed, 'conv')).toBe(3)
    expect(placeForNew(mixed, 'dense')).toBe(5)
    expect(titles(mixed, 'conv')[0]).toBe('Convolution 20, 3×3')
    expect(titles(mixed, 'conv')[3]).toBe('Convolution 20, 3×3, depthwise')
    expect(titles(mixed, 'dense')[0]).toBe('Dense 33')
  })

  test('without any dense or pooling end they go before the output, and before a dense block', () => {
    expect(placeForNew(parseSpecOrThrow({ layers: [{ kind: 'conv' }, {}] }), 'maxPool')).toBe(1)
    const dense = parseSpecOrThrow({ layers: [{ kind: 'conv' }, { kind: 'residual', layers: [{ units: 9 }] }, {}] })
    expect(placeForNew(dense, 'conv')).toBe(1)
  })

  test('what ends the image is not offered twice', () => {
    expect([titles(mixed, 'globalAveragePool'), titles(mixed, 'flatten')]).toEqual([[], []])
    expect(titles(spec, 'globalAveragePool')).toEqual(['Global average pooling'])
  })

  test.each(kinds)('every offer of the kind %s can be added as it is', (kind) => {
    for (const { layer } of offers(mixed, kind)) {
      const grown = addLayer(mixed, layer, placeForNew(mixed, kind))
      expect(parseSpec(grown).ok).toBe(true)
      expect(describeArchitecture(grown, dataShape(grown.data)!).faults).toEqual([])
      expect(layerNames(grown.layers)).toHaveLength(7)
    }
  })

  test('the activation of the last layer, within a block, too, is the usual one', () => {
    expect(usualActivation({ ...mixed, layers: mixed.layers.toSpliced(4, 1) })).toBe('silu')
  })
})

test('every kind is offered once, and every offer explains itself in one sentence', () => {
  expect(kinds.toSorted()).toEqual(Object.keys(layerChoices).toSorted())
  for (const kind of kinds) {
    for (const text of [layerChoices[kind].explanation, ...offers(spec, kind).map(({ explanation }) => explanation)])
      expect(text).toMatch(/^[A-Z].+\.$/)
  }
})
