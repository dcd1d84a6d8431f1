import { describe, expect, test } from 'vitest'
import {
  addLayer,
  applyLiveSettings,
  diffSpecs,
  duplicateLayer,
  fitToData,
  liveChange,
  moveLayer,
  removeLayer,
  setActivation,
  setDropout,
  setUnits,
} from './edits'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { ExperimentSpec } from './spec'
import { flatShape } from './tensorShape'

const spec = parseSpecOrThrow({ layers: [{ units: 32 }, { units: 16, activation: 'tanh' }, { units: 8 }, {}] })

function summary({ layers }: ExperimentSpec): readonly string[] {
  return layers.map(({ id, units, activation }) => `${id}:${units} ${activation}`)
}

describe('layers', () => {
  const added = { kind: 'dense', units: 99, activation: 'gelu', dropout: 0 } as const

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
    expect(copied.layers[2]?.dropout).toBe(0.5)
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
    expect(diffSpecs(spec, setUnits(spec, 1, 99))).toEqual(['layers.1.units'])
    expect(diffSpecs(spec, setActivation(spec, 0, 'silu'))).toEqual(['layers.0.activation'])
    expect(diffSpecs(spec, setDropout(spec, 2, 0.5))).toEqual(['layers.2.dropout'])
    expect(setUnits(spec, 7, 3)).toBe(spec)
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
    expect([regression.loss, regression.layers.at(-1)?.units]).toEqual([{ kind: 'meanSquaredError' }, 3])
    const squares = { ...spec, loss: { kind: 'meanSquaredError' } } as const
    expect(fitToData(squares, classes(10))).toBe(squares)
  })

  test('keeps either width that binary cross-entropy allows for two classes', () => {
    const binary = (units: number) => setUnits({ ...spec, loss: { kind: 'binaryCrossEntropy' } }, 3, units)
    expect(fitToData(binary(2), classes(2)).layers.at(-1)?.units).toBe(2)
    expect(fitToData(binary(1), classes(2)).layers.at(-1)?.units).toBe(1)
    expect(fitToData(binary(10), classes(2)).layers.at(-1)?.units).toBe(1)
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
    expect(diffSpecs(removeLayer(spec, 2), spec).filter((path) => path.startsWith('layers.3'))).toHaveLength(5)
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
    setUnits(rate, 0, 33),
    duplicateLayer(spec, 0),
    moveLayer(spec, 0, 1),
    { ...spec, training: { ...spec.training, batchSize: 32 } },
    { ...spec, optimizer: { ...spec.optimizer, kind: 'adamw' } } as ExperimentSpec,
    { ...spec, data: { ...spec.data, heldOut: 0.3 } },
  ])('that touch architecture, data or batch need a new run (%#)', (after) => {
    expect(liveChange(spec, after)).toBe('restart')
  })

  test.each([rate, decay, clip, setDropout(rate, 1, 0.5)])(
    'live settings applied to a spec give the other (%#)',
    (after) => {
      const settings = liveChange(spec, after)
      if (typeof settings === 'string') throw new Error(`expected live settings, got ${settings}`)
      expect(applyLiveSettings(spec, settings)).toEqual(after)
    },
  )
})
