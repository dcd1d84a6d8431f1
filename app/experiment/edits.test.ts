import { describe, expect, test } from 'vitest'
import {
  addLayer,
  applyLiveSettings,
  changeLayer,
  diffSpecs,
  duplicateLayer,
  fitToData,
  liveChange,
  moveInBlock,
  moveLayer,
  removeLayer,
  setActivation,
  setDropout,
  setWidth,
} from './edits'
import { defaultLayers } from './defaults'
import { hasWeights, layerWidth } from './layerNames'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { ExperimentSpec } from './spec'
import { flatShape } from './tensorShape'

const spec = parseSpecOrThrow({ layers: [{ units: 32 }, { units: 16, activation: 'tanh' }, { units: 8 }, {}] })

function summary({ layers }: ExperimentSpec): readonly string[] {
  return layers.map((layer) => `${layer.id}:${layerWidth(layer)} ${hasWeights(layer) ? layer.activation : ''}`)
}

function outputWidth({ layers }: ExperimentSpec): number | undefined {
  return layerWidth(layers.at(-1)!)
}

describe('layers', () => {
  const added = { ...defaultLayers.dense, units: 99, activation: 'gelu' } as const

  test('are added before the output or at any place before it, under an id of their own', () => {
    expect(summary(addLayer(spec, added))).toEqual(['1:32 relu', '2:16 tanh', '3:8 relu', '5:99 gelu', '4:10 linear'])
    expect(summary(addLayer(spec, added, 0))[0]).toBe('5:99 gelu')
    expect(summary(addLayer(spec, added, 99)).at(-1)).toBe('4:10 linear')
    expect(summary(addLayer(parseSpecOrThrow({ layers: [{}] }), added))).toEqual(['2:99 gelu', '1:10 linear'])
    expect(parseSpec(addLayer(spec, added)).ok).toBe(true)
  })

  test('are duplicated in place, but not the output', () => {
    const copied = duplicateLayer(setDropout(spec, 1, 0.5), 1)
    expect(summary(copied)).toEqual(['1:32 relu', '2:16 tanh', '5:16 tanh', '3:8 relu', '4:10 linear'])
    expect(copied.layers[2]).toMatchObject({ dropout: 0.5 })
    expect(parseSpec(copied).ok).toBe(true)
    for (const index of [3, -1, 4, 0.5, NaN]) expect(duplicateLayer(spec, index)).toBe(spec)
  })

  test('are removed, but not the output', () => {
    expect(summary(removeLayer(spec, 1))).toEqual(['1:32 relu', '3:8 relu', '4:10 linear'])
    for (const index of [3, -1, 4, 0.5, NaN]) expect(removeLayer(spec, index)).toBe(spec)
  })

  test('are moved among the hidden ones and keep their ids', () => {
    expect(summary(moveLayer(spec, 0, 2))).toEqual(['2:16 tanh', '3:8 relu', '1:32 relu', '4:10 linear'])
    expect(summary(moveLayer(spec, 2, 0))).toEqual(['3:8 relu', '1:32 relu', '2:16 tanh', '4:10 linear'])
    for (const [from, to] of [
      [1, 1],
      [0, 3],
      [3, 0],
      [-1, 0],
    ] as const)
      expect(moveLayer(spec, from, to)).toBe(spec)
  })

  test('removing one leaves no name to measure that is gone', () => {
    const measured = { ...spec, monitor: { ...spec.monitor, layers: ['hidden 3', 'output'] } }
    expect(removeLayer(measured, 0).monitor.layers).toEqual(['output'])
    const only = { ...spec, monitor: { ...spec.monitor, layers: ['hidden 3'] } }
    expect(removeLayer(only, 0).monitor.layers).toBe('all')
  })

  test('change one field and nothing else', () => {
    expect(diffSpecs(spec, setWidth(spec, 1, 99))).toEqual(['layers.1.units'])
    expect(diffSpecs(spec, setActivation(spec, 0, 'silu'))).toEqual(['layers.0.activation'])
    expect(diffSpecs(spec, setDropout(spec, 2, 0.5))).toEqual(['layers.2.dropout'])
    expect(setWidth(spec, 7, 3)).toBe(spec)
  })
})

describe('layers of a block', () => {
  const network = parseSpecOrThrow({
    layers: [
      { kind: 'conv' },
      {
        kind: 'residual',
        layers: [
          { kind: 'conv', channels: 4 },
          { kind: 'conv', channels: 8 },
        ],
      },
      {},
    ],
  })
  const inner = ({ layers: [, block] }: ExperimentSpec): readonly string[] =>
    block?.kind === 'residual' ? block.layers.map((layer) => `${layer.id}:${layerWidth(layer)}`) : []

  test('are added, duplicated, moved and removed in their block, each under an id of its own', () => {
    expect(inner(network)).toEqual(['3:4', '4:8'])
    expect(inner(addLayer(network, { ...defaultLayers.conv, channels: 6 }, [1, 1]))).toEqual(['3:4', '6:6', '4:8'])
    expect(inner(duplicateLayer(network, [1, 1]))).toEqual(['3:4', '4:8', '6:8'])
    expect(inner(moveInBlock(network, 1, 0, 1))).toEqual(['4:8', '3:4'])
    expect(inner(removeLayer(network, [1, 0]))).toEqual(['4:8'])
  })

  test('stay at least one, and only what a block can hold is put into it', () => {
    const single = removeLayer(network, [1, 0])
    expect(removeLayer(single, [1, 0])).toBe(single)
    expect(addLayer(network, defaultLayers.maxPool, [1, 0])).toBe(network)
    expect(addLayer(network, defaultLayers.conv, [0, 0])).toBe(network)
    expect(moveInBlock(network, 1, 0, 2)).toBe(network)
    expect(changeLayer(network, [1, 0], () => defaultLayers.flatten)).toBe(network)
    for (const place of [
      [1, 2],
      [0, 0],
      [9, 0],
    ] as const)
      expect(removeLayer(network, place)).toBe(network)
  })

  test('change one field and nothing else', () => {
    expect(diffSpecs(network, setWidth(network, [1, 1], 9))).toEqual(['layers.1.layers.1.channels'])
    expect(diffSpecs(network, setActivation(network, [1, 0], 'silu'))).toEqual(['layers.1.layers.0.activation'])
    expect(setWidth(network, 1, 9)).toBe(network)
  })

  test('a block that is duplicated is new in all its parts', () => {
    const copied = duplicateLayer(network, 1)
    expect(copied.layers[2]).toMatchObject({ id: 6, layers: [{ id: 7 }, { id: 8 }] })
    expect(parseSpec(copied).ok).toBe(true)
  })

  test('names of a removed block are measured no more', () => {
    const measured = { ...network, monitor: { ...network.monitor, layers: ['block 1 conv 2', 'output'] } }
    expect(removeLayer(measured, [1, 0]).monitor.layers).toEqual(['output'])
    expect(removeLayer(measured, 1).monitor.layers).toEqual(['output'])
  })

  test('dropout changes live, everything else about them does not', () => {
    const dropped = setDropout(setDropout(network, [1, 1], 0.5), 0, 0.1)
    expect(liveChange(network, dropped)).toEqual({ dropout: { 1: 0.1, 4: 0.5 } })
    expect(applyLiveSettings(network, { dropout: { 1: 0.1, 4: 0.5 } })).toEqual(dropped)
    expect(liveChange(network, setWidth(network, [1, 0], 5))).toBe('restart')
    expect(liveChange(network, moveInBlock(network, 1, 0, 1))).toBe('restart')
  })
})

describe('fitting to data', () => {
  const nine = { shape: flatShape(9), features: 9 }
  const classes = (count: number) => ({ ...nine, task: { kind: 'classification', classes: count } }) as const
  const values = { ...nine, task: { kind: 'regression', outputs: 3 } } as const

  test('changes nothing where all fits', () => {
    expect(fitToData(spec, classes(10))).toBe(spec)
  })

  test('sets the output units, and the loss only where it cannot stay', () => {
    expect(diffSpecs(spec, fitToData(spec, classes(4)))).toEqual(['layers.3.units'])
    const regression = fitToData(spec, values)
    expect([regression.loss, outputWidth(regression)]).toEqual([{ kind: 'meanSquaredError' }, 3])
    const squares = { ...spec, loss: { kind: 'meanSquaredError' } } as const
    expect(fitToData(squares, classes(10))).toBe(squares)
  })

  test('keeps either width that binary cross-entropy allows for two classes', () => {
    const binary = (units: number) => setWidth({ ...spec, loss: { kind: 'binaryCrossEntropy' } }, 3, units)
    expect(outputWidth(fitToData(binary(2), classes(2)))).toBe(2)
    expect(outputWidth(fitToData(binary(1), classes(2)))).toBe(1)
    expect(outputWidth(fitToData(binary(10), classes(2)))).toBe(1)
  })

  test('makes the output layer linear again', () => {
    const broken = setDropout(setActivation(spec, 3, 'relu'), 3, 0.5)
    expect(fitToData(broken, classes(10))).toEqual(spec)
  })
})

describe('differences', () => {
  test('of equal specs are none', () => {
    expect(diffSpecs(spec, structuredClone(spec))).toEqual([])
    expect(liveChange(spec, structuredClone(spec))).toBe('none')
  })

  test('name what only one of the two has', () => {
    const other = { ...spec, initialisation: { kind: 'normal', scale: 0.1 } } as const
    expect(diffSpecs(spec, other)).toEqual(['initialisation', 'initialisation.kind', 'initialisation.scale'])
    expect(diffSpecs(removeLayer(spec, 2), spec).filter((path) => path.startsWith('layers.3'))).toHaveLength(6)
  })

  const rate = { ...spec, optimizer: { ...spec.optimizer, learningRate: 0.5 } }
  const decay = { ...spec, optimizer: { ...spec.optimizer, weightDecay: 0.1 } }
  const clip = { ...spec, training: { ...spec.training, clipNorm: 3 } }

  test.each([
    [rate, { learningRate: 0.5 }],
    [decay, { weightDecay: 0.1 }],
    [clip, { clipNorm: 3 }],
    [setDropout(setDropout(spec, 0, 0.25), 2, 0.5), { dropout: { 1: 0.25, 3: 0.5 } }],
    [
      { ...rate, name: 'other', training: clip.training },
      { learningRate: 0.5, clipNorm: 3 },
    ],
    [{ ...spec, monitor: { ...spec.monitor, sampling: 'median' } } as const, { sampling: 'median' }],
    [{ ...spec, name: 'other' }, {}],
    [{ ...spec, monitor: { ...spec.monitor, threshold: 0.9 } }, {}],
  ])('that a run can take on while it goes on are returned as live settings (%#)', (after, settings) => {
    expect(liveChange(spec, after)).toEqual(settings)
  })

  test('clearing the clip norm is a live change to null', () => {
    expect(liveChange(clip, spec)).toEqual({ clipNorm: null })
  })

  test.each([
    { ...spec, seed: 8 },
    setWidth(rate, 0, 33),
    duplicateLayer(spec, 0),
    moveLayer(spec, 0, 1),
    { ...spec, training: { ...spec.training, batchSize: 32 } },
    { ...spec, optimizer: { ...spec.optimizer, kind: 'adamw' } } as ExperimentSpec,
    { ...spec, data: { ...spec.data, heldOut: 0.3 } },
  ])('that touch architecture, data or batch need a new run (%#)', (after) => {
    expect(liveChange(spec, after)).toBe('restart')
  })

  const sampled: ExperimentSpec = { ...rate, monitor: { ...rate.monitor, sampling: 'flatten' } }

  test.each([rate, decay, clip, setDropout(rate, 1, 0.5), sampled])(
    'live settings applied to a spec give the other (%#)',
    (after) => {
      const settings = liveChange(spec, after)
      if (typeof settings === 'string') throw new Error(`expected live settings, got ${settings}`)
      expect(applyLiveSettings(spec, settings)).toEqual(after)
    },
  )
})
