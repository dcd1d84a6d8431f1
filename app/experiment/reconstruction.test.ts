import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { dataShape, type DataShape } from './dataShape'
import { defaultData } from './defaults'
import { diffSpecs, fitToData, makeOutput, setWidth } from './edits'
import { changeDataKind, changeLossKind } from './kinds'
import { layerNames, layerWidth } from './layerNames'
import { readLink, writeLink } from './link'
import { proposeRepair } from './repair'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { DataKind } from './dataSpec'
import type { ExperimentDocument, ExperimentSpec } from './spec'
import { flatShape } from './tensorShape'

type Layers = NonNullable<ExperimentDocument['layers']>

const loss = { kind: 'reconstruction' } as const
/** 14×14 in grey. */
const classifier = parseSpecOrThrow({ layers: [{ units: 64 }, { units: 16 }, { units: 64 }, {}] })
const DIGITS = dataShape(classifier.data)!
const COLOUR: DataShape = { ...DIGITS, shape: { height: 16, width: 16, channels: 3 }, features: 768 }

/** The network as it stands, whether it fits or not. */
function autoencoder(layers: Layers): ExperimentSpec {
  // Files have no shape before they are read, so nothing is refused.
  return { ...parseSpecOrThrow({ data: { kind: 'idx' }, layers, loss }), data: defaultData.digits }
}

function faultsOf(spec: ExperimentSpec, data = DIGITS) {
  return describeArchitecture(spec, data).faults
}

describe('an output that is the sample again', () => {
  const conv = { kind: 'conv', stride: 2 } as const

  test.each<[string, Layers]>([
    ['a dense layer with a unit for each number', [{ units: 16 }, { units: 196 }]],
    ['a convolution on an upsampled image', [conv, { kind: 'upsample' }, { kind: 'conv', channels: 1 }]],
    ['a transposed convolution', [conv, { kind: 'transposedConv', channels: 1 }]],
  ])('fits: %s', (_name, layers) => {
    expect(faultsOf(autoencoder(layers))).toEqual([])
  })

  test.each<[string, Layers, string, string, string, readonly string[]]>([
    [
      'units',
      [{ units: 16 }, { units: 10 }],
      'layers.1.units',
      'The output layer has 10 units; a reconstruction needs one for each of a sample’s 196 numbers (14×14×1). Set it to 196.',
      'Make it 196 units',
      ['hidden 1', 'output'],
    ],
    [
      'channels',
      [{ kind: 'conv' }, { kind: 'conv', channels: 3 }],
      'layers.1.channels',
      'The output layer makes 14×14×3; a reconstruction needs the samples’ own 14×14×1. Set its channels to 1.',
      'Make it 1 channel',
      ['conv 1', 'output'],
    ],
    [
      'a smaller image',
      [conv, { kind: 'conv', channels: 3 }],
      'layers.1',
      'The output layer makes 7×7×3; a reconstruction needs the samples’ own 14×14×1. Enlarge the image before it, by upsampling or a transposed convolution, or end with a dense layer.',
      'Upsample 2× before it',
      ['conv 1', 'upsample 1', 'output'],
    ],
    [
      'an image that was rounded up on its way',
      [conv, conv, { kind: 'transposedConv' }, { kind: 'transposedConv' }, { kind: 'conv', channels: 1 }],
      'layers.4',
      'The output layer makes 16×16×1; a reconstruction needs the samples’ own 14×14×1. Enlarge the image less before it, or use “valid” padding, or end with a dense layer.',
      'Use a 3×3 kernel and “valid” padding',
      ['conv 1', 'conv 2', 'transposed conv 1', 'transposed conv 2', 'output'],
    ],
    [
      'a stride of a transposed convolution',
      [conv, { kind: 'transposedConv', channels: 1, kernel: 2, stride: 3, padding: 'valid' }],
      'layers.1',
      'The output layer makes 20×20×1; a reconstruction needs the samples’ own 14×14×1. Enlarge the image less before it, or use “valid” padding, or end with a dense layer.',
      'Set stride of output to 2',
      ['conv 1', 'output'],
    ],
    [
      'a size that no layer for images makes again',
      [
        { ...conv, stride: 5 },
        { kind: 'conv', channels: 1, kernel: 1 },
      ],
      'layers.1',
      'The output layer makes 3×3×1; a reconstruction needs the samples’ own 14×14×1. Enlarge the image before it, by upsampling or a transposed convolution, or end with a dense layer.',
      'Make it dense, 196 units',
      ['conv 1', 'output'],
    ],
    [
      'a last layer without weights',
      [conv, { kind: 'upsample' }],
      'layers.1',
      'The last layer has no weights of its own to give an answer with. Add a dense layer after it.',
      'Add a convolution as output',
      ['conv 1', 'upsample 1', 'output'],
    ],
  ])('is told, and mended, where it does not: %s', (_name, layers, path, message, label, names) => {
    const broken = { ...autoencoder([{ units: 196 }]), layers: looseLayers(layers) }
    const [fault, ...others] = faultsOf(broken)
    expect(others).toEqual([])
    expect(fault).toEqual({ path, message })
    const repair = fault && proposeRepair(broken, fault, DIGITS)
    expect(repair?.label).toBe(label)
    expect(repair && layerNames(repair.spec.layers)).toEqual(names)
    expect(repair && faultsOf(repair.spec)).toEqual([])
    expect(repair && parseSpec(repair.spec)).toEqual({ ok: true, spec: repair?.spec })
  })

  test('is a convolution where a dense layer cannot have so many units', () => {
    const large: DataShape = { ...COLOUR, shape: { height: 32, width: 32, channels: 3 }, features: 3072 }
    const dense = autoencoder([conv, { units: 10 }])
    const [fault] = faultsOf(dense, large)
    expect(fault?.message).toMatch(
      /^A reconstruction has as many outputs as a sample has numbers \(32×32×3\): 3,072, and/,
    )
    const repair = fault && proposeRepair(dense, fault, large)
    expect(repair?.label).toBe('Make it upsampling and a convolution')
    expect(repair && faultsOf(repair.spec, large)).toEqual([])
    // What comes out of a dense layer is no image any more.
    const flat = autoencoder([{ units: 32 }, { units: 10 }])
    expect(faultsOf(flat, large)).toHaveLength(1)
    expect(proposeRepair(flat, faultsOf(flat, large)[0]!, large)).toBeUndefined()
  })

  test('of samples without places is told without them', () => {
    const five: DataShape = { shape: flatShape(5), features: 5, task: { kind: 'regression', outputs: 1 } }
    const [fault] = faultsOf(autoencoder([{ units: 1 }]), five)
    expect(fault?.message).toBe(
      'The output layer has 1 unit; a reconstruction needs one for each of a sample’s 5 numbers. Set it to 5.',
    )
  })
})

/** Layers as a document has them, with what it leaves out filled in, and no output asked of the last. */
function looseLayers(layers: Layers): ExperimentSpec['layers'] {
  const { layers: filled } = parseSpecOrThrow({ data: { kind: 'idx' }, layers: [...layers, { units: 1 }], loss })
  return filled.slice(0, -1).map((layer, index) => {
    const isLast = index === layers.length - 1
    return isLast && 'activation' in layer ? { ...layer, activation: 'linear' } : layer
  })
}

describe('changing the loss', () => {
  test('of a classifier to reconstruction and back changes the output alone', () => {
    const there = changeLossKind(classifier, 'reconstruction')
    expect(diffSpecs(classifier, there)).toEqual(expect.arrayContaining(['layers.3.units', 'loss.kind']))
    expect(layerWidth(there.layers.at(-1)!)).toBe(196)
    expect(parseSpec(there).ok).toBe(true)
    expect(changeLossKind(there, 'crossEntropy')).toEqual(classifier)
  })

  test('of an autoencoder that ends with an image makes a dense layer answer', () => {
    const images = parseSpecOrThrow({ layers: [{ kind: 'conv' }, { kind: 'conv' }], loss })
    const back = changeLossKind(images, 'crossEntropy')
    expect(back.layers.at(-1)).toMatchObject({ kind: 'dense', units: 10, activation: 'linear' })
    expect(parseSpec(back).ok).toBe(true)
  })

  test('another kind of output keeps its place and id, linear and as wide as it is told', () => {
    const last = classifier.layers.at(-1)!
    for (const kind of ['conv', 'transposedConv', 'dense'] as const) {
      const output = makeOutput(classifier, kind, 3).layers.at(-1)!
      expect(output).toMatchObject({ kind, id: last.id, activation: 'linear', dropout: 0, normalisation: 'none' })
      expect(layerWidth(output)).toBe(3)
    }
    expect(makeOutput(classifier, 'dense', 10)).toEqual(classifier)
  })

  test('fits files once their shape is known', () => {
    const csv = parseSpecOrThrow({ data: { kind: 'csv' }, layers: [{ units: 2 }, {}] })
    expect(layerWidth(changeLossKind(csv, 'reconstruction').layers.at(-1)!)).toBe(2)
    const data: DataShape = { shape: flatShape(5), features: 5, task: { kind: 'classification', classes: 2 } }
    expect(layerWidth(changeLossKind(csv, 'reconstruction', data).layers.at(-1)!)).toBe(5)
  })
})

describe('changing the data of an autoencoder', () => {
  test.each(Object.keys(defaultData) as DataKind[])('to %s keeps the loss, with an output that fits', (kind) => {
    const changed = changeDataKind(changeLossKind(classifier, 'reconstruction'), kind)
    expect(changed.loss).toEqual(loss)
    expect(parseSpec(changed).ok).toBe(true)
    const shape = dataShape(changed.data)
    expect(shape ? faultsOf(changed, shape) : []).toEqual([])
  })

  test('to colour gives an output of images their channels', () => {
    const images = parseSpecOrThrow({ layers: [{ kind: 'conv' }, { kind: 'conv' }], loss })
    expect(layerWidth(images.layers.at(-1)!)).toBe(1)
    expect(layerWidth(fitToData(images, COLOUR).layers.at(-1)!)).toBe(3)
  })
})

test('an autoencoder survives the way through a link', () => {
  const spec = parseSpecOrThrow({ layers: [{ kind: 'conv', stride: 2 }, { kind: 'transposedConv' }], loss })
  expect(readLink(writeLink(spec))).toEqual({ ok: true, spec })
})

test('a width that fits is no fault of the range, one beyond it is', () => {
  const broken = setWidth(changeLossKind(classifier, 'reconstruction'), 3, Number.NaN)
  const parsed = parseSpec(broken)
  const fault = parsed.ok ? undefined : parsed.faults[0]
  expect(fault && proposeRepair(broken, fault, DIGITS)?.label).toBe('Make it 196 units')
})
