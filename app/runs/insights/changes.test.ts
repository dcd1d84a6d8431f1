import { describe, expect, test } from 'vitest'
import { diffSpecs } from '../../experiment/edits'
import { layerWidth } from '../../experiment/layerNames'
import { parseSpec, parseSpecOrThrow } from '../../experiment/schema'
import type { ExperimentSpec, OptimizerKind } from '../../experiment/spec'
import {
  withLearningRate,
  withLeakyRelu,
  withLessDecay,
  withMoreSamples,
  withoutLayers,
  withRegularisation,
  withWidth,
} from './changes'
import type { SuggestedChange } from './insight'

const data = {
  shape: { height: 14, width: 14, channels: 1 },
  task: { kind: 'classification', classes: 10 },
} as const
const spec = parseSpecOrThrow({ data: { kind: 'digits' }, layers: [{ units: 80 }, { units: 40 }, { units: 80 }, {}] })

function rated(kind: OptimizerKind, learningRate: number): ExperimentSpec {
  return parseSpecOrThrow({ optimizer: { kind, learningRate } })
}

/** The paths of what is different, of a change that can be run. */
function changedBy(change: SuggestedChange | undefined, from = spec): readonly string[] {
  expect(parseSpec(change?.spec)).toMatchObject({ ok: true })
  return change ? diffSpecs(from, change.spec) : []
}

describe('a suggested change', () => {
  test('removes layers by their first positions, and no others', () => {
    const change = withoutLayers(spec, ['hidden 2', 'hidden 3'], data)
    expect(change?.spec.layers.map((layer) => [layer.id, layerWidth(layer)])).toEqual([
      [1, 80],
      [4, 10],
    ])
    expect(change?.label).toBe('without hidden 2 and hidden 3')
    expect(parseSpec(change?.spec).ok).toBe(true)
  })

  test('sets units or the activation of one layer', () => {
    expect(changedBy(withWidth(spec, { place: 2, name: 'hidden 3' }, 16, data))).toEqual(['layers.2.units'])
    const leaky = withLeakyRelu(spec, 0, 'hidden 1')
    expect(changedBy(leaky)).toEqual(['layers.0.activation'])
    expect(leaky.spec.layers[0]).toMatchObject({ activation: 'leakyRelu' })
  })

  test.each([
    ['adam', 0.005, 0.1, 0.0005],
    ['adam', 1, 0.1, 0.001],
    ['adam', 0.1, 1 / 3, 0.001],
    ['sgd', 5, 0.1, 0.5],
    ['sgd', 0.3, 1 / 3, 0.1],
    ['adam', 1e-5, 10, 1e-4],
    ['adam', 1e-6, 10, 0.001],
    ['sgd', 0, 10, 0.1],
  ] as const)(
    'scales a learning rate, or takes the usual one from far off (%s, %f · %f)',
    (kind, rate, factor, next) => {
      const from = rated(kind, rate)
      const change = withLearningRate(from, factor)
      expect(change.spec.optimizer.learningRate).toBeCloseTo(next, 10)
      expect(changedBy(change, from)).toEqual(['optimizer.learningRate'])
    },
  )

  test('lowers whatever pulls weights to zero', () => {
    expect(withLessDecay(spec)).toBeUndefined()
    const decayed = parseSpecOrThrow({
      ...spec,
      optimizer: { kind: 'adamw', weightDecay: 0.5 },
      training: { l1: 0.01 },
    })
    const change = withLessDecay(decayed)
    expect(change?.label).toBe('a tenth of the weight decay and L1 penalty')
    expect(changedBy(change, decayed)).toEqual(['optimizer.weightDecay', 'training.l1'])
    expect(change?.spec.optimizer.weightDecay).toBe(0.05)
  })

  test('adds dropout where there is none, else weight decay, never beyond what is allowed', () => {
    const dropped = withRegularisation(spec)
    expect(changedBy(dropped)).toEqual(['layers.0.dropout', 'layers.1.dropout', 'layers.2.dropout'])
    const decayed = withRegularisation(dropped.spec)
    expect(changedBy(decayed, dropped.spec)).toEqual(['optimizer.weightDecay'])
    expect(decayed.spec.optimizer.weightDecay).toBe(1e-3)
    let most = decayed
    for (let round = 0; round < 6; round++) most = withRegularisation(most.spec)
    expect(parseSpec(most.spec).ok).toBe(true)
    expect(most.spec.optimizer.weightDecay).toBe(10)
  })

  test('measures on the probe where the data are large enough, else generates more, and cannot grow files', () => {
    const trained = parseSpecOrThrow({ ...spec, monitor: { source: 'train', samples: 64 } })
    const probed = withMoreSamples(trained, 800, 6000)
    expect(changedBy(probed, trained)).toEqual(['monitor.source', 'monitor.samples'])
    expect(probed?.spec.monitor).toMatchObject({ source: 'probe', samples: 800 })
    const small = parseSpecOrThrow({ ...spec, data: { kind: 'digits', samples: 200 } })
    expect(changedBy(withMoreSamples(small, 800, 200), small)).toEqual(['data.samples'])
    expect(withMoreSamples(parseSpecOrThrow({ data: { kind: 'idx' } }), 800, 200)).toBeUndefined()
    expect(withMoreSamples(small, 200_000, 200)).toBeUndefined()
  })
})
