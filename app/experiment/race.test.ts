import { describe, expect, test } from 'vitest'
import { changeLayer, duplicateLayer, removeLayer, setActivation, setDropout, setWidth } from './edits'
import { defaultPreset, presetSpec } from './presets'
import { canRace, joinRace, keepsWeights, sharesBatches } from './race'
import { parseSpecOrThrow } from './schema'
import type { DataSpec } from './dataSpec'
import type { ExperimentSpec } from './spec'

const spec = presetSpec(defaultPreset)
const withTraining = (change: Partial<ExperimentSpec['training']>): ExperimentSpec => ({
  ...spec,
  training: { ...spec.training, ...change },
})

test('runs race when seed, planned steps and cadence agree, and can be made to', () => {
  expect(canRace(spec, setWidth(spec, 0, 9))).toBe(true)
  const others = [
    { ...spec, seed: 8 },
    withTraining({ steps: 10 }),
    { ...spec, monitor: { ...spec.monitor, cadence: 5 } },
  ]
  for (const other of others) {
    expect(canRace(spec, other)).toBe(false)
    expect(joinRace(setWidth(other, 0, 9), spec)).toEqual(setWidth(spec, 0, 9))
  }
})

describe('weights', () => {
  const network = parseSpecOrThrow({
    layers: [{ kind: 'conv' }, { kind: 'residual', layers: [{ kind: 'conv' }] }, { units: 9 }, {}],
  })

  test('can be taken over by what differs in activation, dropout or identity, within blocks, too', () => {
    const changes = [
      setActivation(setDropout(network, [1, 0], 0.5), 2, 'tanh'),
      removeLayer(duplicateLayer(network, 1), 1),
      changeLayer(network, 0, (layer) => (layer.kind === 'conv' ? { ...layer, dropped: 'elements' } : layer)),
    ]
    for (const changed of changes) expect(keepsWeights(network, changed)).toBe(true)
  })

  test('fit no other widths, windows or normalisation', () => {
    expect(keepsWeights(network, setWidth(network, [1, 0], 9))).toBe(false)
    for (const change of [{ kernel: 5 }, { stride: 2 }, { normalisation: 'batch' }, { groups: 'depthwise' }] as const) {
      const changed = changeLayer(network, [1, 0], (layer) => (layer.kind === 'conv' ? { ...layer, ...change } : layer))
      expect(keepsWeights(network, changed)).toBe(false)
    }
  })
})

describe('batches', () => {
  test('are shared whatever the network and its learning', () => {
    const other = { ...setWidth(spec, 0, 9), optimizer: { ...spec.optimizer, learningRate: 0.5 } }
    expect(sharesBatches(spec, other)).toBe(true)
  })

  test('are others with another size, other samples, other noise on them or other crops', () => {
    expect(sharesBatches(spec, withTraining({ batchSize: 32 }))).toBe(false)
    expect(sharesBatches(spec, withTraining({ augmentation: { crop: 2, flip: false } }))).toBe(false)
    for (const data of [{ kind: 'moons' }, { kind: 'digits', noise: 1 }] as const) {
      expect(sharesBatches(spec, { ...spec, data: parseSpecOrThrow({ data }).data })).toBe(false)
    }
  })

  test('do not depend on the order in which documents name the settings', () => {
    const data: DataSpec = { kind: 'xor', samples: 90, noise: 0, labelNoise: 0, heldOut: 0.2, standardise: 'none' }
    const same: DataSpec = { standardise: 'none', heldOut: 0.2, labelNoise: 0, noise: 0, samples: 90, kind: 'xor' }
    expect(sharesBatches({ ...spec, data }, { ...spec, data: same })).toBe(true)
  })
})
