import { expect, test } from 'vitest'
import { addLayer } from './edits'
import { layerPalette, offerLayers, usualActivation } from './palette'
import { parseSpec, parseSpecOrThrow } from './schema'

const spec = parseSpecOrThrow({ layers: [{ units: 32 }, { units: 25, activation: 'tanh' }, {}] })

test('what is offered is sized by the last hidden layer and takes the activation that was chosen', () => {
  expect(offerLayers(spec, 'dense', 'gelu').map(({ title }) => title)).toEqual([
    'Dense 25',
    'Dense 13',
    'Dense 50',
    'Dense 25 + 20 % dropout',
  ])
  expect(offerLayers(spec, 'dense', 'gelu').map(({ layer }) => layer.activation)).toEqual(Array(4).fill('gelu'))
  expect(usualActivation(spec)).toBe('tanh')
})

test('a network without hidden layers is offered the default width and ReLU', () => {
  const alone = parseSpecOrThrow({ layers: [{}] })
  expect(offerLayers(alone, 'dense', usualActivation(alone))[0]?.layer).toEqual({
    kind: 'dense',
    units: 64,
    activation: 'relu',
    dropout: 0,
  })
})

test.each([1, 2048])('beside a layer of %i units nothing is offered twice, and all of it is allowed', (units) => {
  const extreme = parseSpecOrThrow({ layers: [{ units }, {}] })
  const offers = offerLayers(extreme, 'dense', 'relu')
  expect(offers).toHaveLength(3)
  expect(new Set(offers.map(({ title }) => title)).size).toBe(3)
  for (const { layer } of offers) expect(parseSpec(addLayer(extreme, layer)).ok).toBe(true)
})

test('every kind and recipe explains itself in one sentence', () => {
  for (const { explanation, recipes } of Object.values(layerPalette)) {
    for (const text of [explanation, ...recipes.map((recipe) => recipe.explanation)])
      expect(text).toMatch(/^[A-Z].+\.$/)
  }
})
