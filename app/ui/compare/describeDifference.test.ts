import { describe, expect, test } from 'vitest'
import {
  changeLayer,
  duplicateLayer,
  moveLayer,
  removeLayer,
  setActivation,
  setDropout,
  setWidth,
} from '../../experiment/edits'
import { changeDataKind, changeOptimizerKind } from '../../experiment/kinds'
import type { LayerPlace } from '../../experiment/layerPlace'
import { defaultPreset, presetSpec } from '../../experiment/presets'
import { parseSpecOrThrow } from '../../experiment/schema'
import type { ExperimentDocument, ExperimentSpec } from '../../experiment/spec'
import { differingSettings } from '../../runs/comparison'
import { describeDifference } from './describeDifference'

/** Hidden layers of 80, 40, 80 and 80 units. */
const spec = presetSpec(defaultPreset)
const differenceOf = (other: ExperimentSpec) => describeDifference(spec, other)
const changed = (document: ExperimentDocument) => differenceOf(parseSpecOrThrow({ ...spec, ...document }))

test('equal experiments differ in nothing, and names and views do not count', () => {
  expect(differenceOf(spec)).toEqual([])
  expect(changed({ name: 'Other', monitor: { ...spec.monitor, threshold: 0.9, convention: 'delve' } })).toEqual([])
})

describe('layers', () => {
  test.each([
    ['hidden 3: 16 units', setWidth(spec, 2, 16)],
    ['hidden 3: 1 unit', setWidth(spec, 2, 1)],
    ['hidden 1: Leaky ReLU', setActivation(spec, 0, 'leakyRelu')],
    ['hidden 2: dropout 0.5', setDropout(spec, 1, 0.5)],
    ['without hidden 2', removeLayer(spec, 1)],
    ['without hidden 2, hidden 3', removeLayer(removeLayer(spec, 1), 1)],
    ['layers in another order', moveLayer(spec, 1, 0)],
  ])('%s', (words, other) => {
    expect(differenceOf(other)).toEqual([words])
  })

  test('one that was added goes by its place and width', () => {
    const wider = removeLayer(spec, 3)
    expect(describeDifference(wider, duplicateLayer(wider, 2))).toEqual(['hidden 4 added, 80 units'])
  })

  test('one behind a layer that was removed is not told as changed, only as what it is now', () => {
    expect(differenceOf(setWidth(removeLayer(spec, 0), 1, 16))).toEqual(['without hidden 1', 'hidden 2: 16 units'])
  })

  test('of images are told in their own words, blocks by name and what they hold only where it stays', () => {
    const conv = { kind: 'conv', channels: 16 } as const
    const block = { kind: 'residual', layers: [conv, conv] } as const
    const network = parseSpecOrThrow({ data: spec.data, layers: [conv, { kind: 'maxPool' }, block, {}] })
    const differenceOf = (other: ExperimentSpec) => describeDifference(network, other)
    const changed = (place: LayerPlace, fields: object) =>
      differenceOf(changeLayer(network, place, (layer) => ({ ...layer, ...fields })))
    expect(
      changed(0, { channels: 8, kernel: 5, stride: 2, padding: 'valid', dilation: 2, groups: 'depthwise' }),
    ).toEqual([
      'conv 1: 8 channels',
      'conv 1: kernel 5×5',
      'conv 1: “valid” padding',
      'conv 1: stride 2',
      'conv 1: dilation 2',
      'conv 1: depthwise',
    ])
    expect(changed([2, 1], { normalisation: 'batch', dropped: 'elements' })).toEqual([
      'block 1 conv 2: drops elements',
      'block 1 conv 2: batch norm',
    ])
    expect(changed(1, { size: 3, stride: 3 })).toEqual(['max pool 1: window 3×3', 'max pool 1: stride 3'])
    expect(changed(2, { order: 'pre' })).toEqual(['block 1: activation before each layer'])
    expect(differenceOf(removeLayer(network, 2))).toEqual(['without block 1'])
    expect(differenceOf(removeLayer(network, [2, 0]))).toEqual(['without block 1 conv 1'])
    expect(differenceOf(duplicateLayer(network, 2))).toEqual(['block 2 added, 2 layers'])
    expect(differenceOf(duplicateLayer(network, 1))).toEqual(['max pool 2 added'])
    expect(differenceOf(duplicateLayer(network, [2, 1]))).toEqual(['block 1 conv 3 added, 16 channels'])
  })

  test('a change shared by several is told once', () => {
    const two = setActivation(setActivation(spec, 0, 'tanh'), 2, 'tanh')
    expect(differenceOf(two)).toEqual(['hidden 1, hidden 3: Tanh'])
    const all = [0, 1, 2, 3].reduce((before, layer) => setActivation(before, layer, 'tanh'), spec)
    expect(differenceOf(all)).toEqual(['all hidden layers: Tanh'])
  })
})

describe('settings', () => {
  test.each<[string, ExperimentDocument]>([
    ['learning rate 0.01', { optimizer: { ...spec.optimizer, learningRate: 0.01 } }],
    ['batch size 32', { training: { ...spec.training, batchSize: 32 } }],
    ['clip gradients at 1', { training: { ...spec.training, clipNorm: 1 } }],
    ['random crop 4 pixels', { training: { ...spec.training, augmentation: { crop: 4 } } }],
    ['random flip: Left–right', { training: { ...spec.training, augmentation: { flip: true } } }],
    ['L1 penalty 0.01', { training: { ...spec.training, l1: 0.01 } }],
    ['starting weights: He', { initialisation: 'he' }],
    ['starting weights: Normal', { initialisation: { kind: 'normal', scale: 0.1 } }],
    ['schedule: Cosine', { schedule: { kind: 'cosine' } }],
    ['measured: After activation', { monitor: { ...spec.monitor, output: 'post' } }],
    ['noise 0.5', { data: { kind: 'digits', noise: 0.5 } }],
    ['held out, last 100 samples', { data: { ...spec.data, heldOut: { last: 100 } } }],
    ['other layers measured', { monitor: { ...spec.monitor, layers: ['hidden 1', 'output'] } }],
  ])('%s', (words, document) => {
    expect(changed(document)).toEqual([words])
  })

  test('goes by the names that the comparison’s table has for them', () => {
    const other = parseSpecOrThrow({
      ...spec,
      initialisation: 'he',
      training: { ...spec.training, batchSize: 32, clipNorm: 1 },
      monitor: { ...spec.monitor, output: 'post' },
    })
    const names = differingSettings([spec, other]).map(({ name }) => name)
    const told = differenceOf(other)
    expect(names).toHaveLength(4)
    for (const name of names) expect(told.filter((words) => words.startsWith(name))).not.toEqual([])
  })

  test('no clipping is told as such', () => {
    const clipped = parseSpecOrThrow({ ...spec, training: { ...spec.training, clipNorm: 1 } })
    expect(describeDifference(clipped, spec)).toEqual(['clip gradients at: none'])
  })

  test('another kind is told by its name, without the settings that come with it', () => {
    expect(differenceOf(changeOptimizerKind(spec, 'sgd'))).toEqual(['optimizer: SGD', 'learning rate 0.1'])
    expect(differenceOf(changeDataKind(spec, 'moons'))).toEqual(['data: Moons', 'output: 2 units'])
  })

  test('data come first, then layers, then the rest', () => {
    const other = { ...setWidth(spec, 0, 8), seed: 8 }
    const everything = parseSpecOrThrow({ ...other, data: { kind: 'digits', noise: 0.5 } })
    expect(differenceOf(everything)).toEqual(['noise 0.5', 'hidden 1: 8 units', 'seed 8'])
  })
})
