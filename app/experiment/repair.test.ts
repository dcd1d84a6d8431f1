import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import type { Ceilings } from './ceilings'
import { dataShape, type DataShape } from './dataShape'
import { defaultData } from './defaults'
import { changeLayer, diffSpecs, duplicateLayer, fitToData, setActivation, setDropout, setWidth } from './edits'
import { changeDataKind } from './kinds'
import { layerNames } from './layerNames'
import { proposeRepair } from './repair'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { ExperimentDocument, ExperimentSpec, LayerSpec } from './spec'
import { flatShape } from './tensorShape'

const spec = parseSpecOrThrow({ layers: [{ units: 32 }, { units: 16 }, {}] })
const regression = parseSpecOrThrow({ data: { kind: 'hills' }, layers: [{ units: 8 }, {}] })
const textures = parseSpecOrThrow({ data: { kind: 'textures' } })
const subspace = parseSpecOrThrow({ data: { kind: 'subspace', dimensions: 12 } })

/** The only fault of a spec, mended. */
function mend(broken: ExperimentSpec, data: DataShape | undefined = dataShape(broken.data)) {
  const parsed = parseSpec(broken)
  const faults = parsed.ok ? (data ? describeArchitecture(broken, data).faults : []) : parsed.faults
  expect(faults).toHaveLength(1)
  return faults[0] && proposeRepair(broken, faults[0], data)
}

describe('a fault is mended by its repair', () => {
  test.each<[string, ExperimentSpec, string, readonly string[]]>([
    ['output units that do not fit the classes', setWidth(spec, 2, 12), 'Make it 10 units', ['layers.2.units']],
    ['output units that do not fit a value', setWidth(regression, 1, 3), 'Make it 1 unit', ['layers.1.units']],
    ['a width beyond its range', setWidth(spec, 1, 5000), 'Make it 2,048 units', ['layers.1.units']],
    ['a width below its range', setWidth(spec, 1, 0), 'Make it 1 unit', ['layers.1.units']],
    ['half a unit', setWidth(spec, 1, 7.4), 'Make it 7 units', ['layers.1.units']],
    ['a width that is no number', setWidth(spec, 1, Number.NaN), 'Make it 64 units', ['layers.1.units']],
    ['an output with an activation', setActivation(spec, 2, 'relu'), 'Make it linear', ['layers.2.activation']],
    ['an output with dropout', setDropout(spec, 2, 0.5), 'Set dropout to 0', ['layers.2.dropout']],
    ['all of a layer dropped', setDropout(spec, 0, 1), 'Set dropout to 0.99', ['layers.0.dropout']],
    [
      'a loss that compares with classes where there are none',
      { ...regression, loss: { kind: 'binaryCrossEntropy' } },
      'Use mean squared error',
      ['loss.kind'],
    ],
    [
      'a rank above the dimensions',
      { ...subspace, data: { ...subspace.data, rank: 40 } } as ExperimentSpec,
      'Lower it to 12',
      ['data.rank'],
    ],
    [
      'more classes than there are digits',
      setWidth({ ...spec, data: { ...spec.data, classes: 12 } } as ExperimentSpec, 2, 12),
      'Lower it to 10',
      ['data.classes', 'layers.2.units'],
    ],
    [
      'textures too large for their images',
      { ...textures, data: { ...textures.data, scale: 20 } } as ExperimentSpec,
      'Lower it to 7',
      ['data.scale'],
    ],
    [
      'more samples held out than there are',
      { ...spec, data: { ...spec.data, heldOut: { last: 6000 } } },
      'Hold out 1,200',
      ['data.heldOut.last'],
    ],
    [
      'a measured layer that does not exist',
      { ...spec, monitor: { ...spec.monitor, layers: ['hidden 7'] } },
      'Measure all layers',
      ['monitor.layers.0', 'monitor.layers'],
    ],
  ])('%s', (_name, broken, label, changed) => {
    const repair = mend(broken)
    expect(repair?.label).toBe(label)
    expect(repair && diffSpecs(broken, repair.spec)).toEqual(changed)
    expect(repair && parseSpec(repair.spec).ok).toBe(true)
  })

  test('too many layers', () => {
    const full = parseSpecOrThrow({ layers: [...Array.from({ length: 63 }, () => ({ units: 4 })), {}] })
    expect(mend(duplicateLayer(full, 62))).toEqual({ label: 'Remove the last hidden one', spec: full })
    const repair = mend(duplicateLayer(duplicateLayer(full, 0), 0))
    expect(repair?.label).toBe('Remove the last 2 hidden ones')
    expect(repair && parseSpec(repair.spec).ok).toBe(true)
  })

  test('an output that does not fit the classes of a file', () => {
    const file = parseSpecOrThrow({ data: { kind: 'csv' }, layers: [{ units: 8 }, { units: 2 }] })
    const data: DataShape = { shape: flatShape(5), features: 5, task: { kind: 'classification', classes: 3 } }
    expect(mend(file, data)?.label).toBe('Make it 3 units')
    expect(proposeRepair(file, { path: 'layers.1.units', message: '' }, undefined)?.spec).toEqual(file)
  })
})

describe('a layer that cannot read what comes in', () => {
  type Layers = NonNullable<ExperimentDocument['layers']>
  const conv = { kind: 'conv', channels: 12 } as const
  const broken = (layers: Layers) => {
    const parsed = parseSpecOrThrow({ data: { kind: 'idx' }, layers: [...layers, { units: 10 }] })
    return { ...parsed, data: defaultData.digits }
  }

  test.each<[string, Layers, string, readonly string[]]>([
    [
      'a convolution after a dense layer goes before it',
      [conv, { units: 32 }, conv, { units: 16 }],
      'Move it before hidden 1',
      ['conv 1', 'conv 2', 'hidden 1', 'hidden 2', 'output'],
    ],
    [
      'a block after global pooling goes before it',
      [conv, { kind: 'globalAveragePool' }, { kind: 'residual', layers: [conv] }],
      'Move it before global pool 1',
      ['conv 1', 'block 1', 'global pool 1', 'output'],
    ],
    [
      'a kernel larger than the image is padded',
      [
        { kind: 'maxPool', size: 7 },
        { ...conv, padding: 'valid' },
      ],
      'Use “same” padding',
      ['max pool 1', 'conv 1', 'output'],
    ],
    [
      'a window larger than the image goes',
      [conv, { kind: 'maxPool', size: 7 }, { kind: 'averagePool', size: 3 }],
      'Remove it',
      ['conv 1', 'max pool 1', 'output'],
    ],
    ['groups that do not divide become one', [{ ...conv, groups: 5 }], 'Use 1 group', ['conv 1', 'output']],
    [
      'depthwise channels become a multiple of what comes in',
      [conv, { ...conv, channels: 20, groups: 'depthwise' }],
      'Make it 24 channels',
      ['conv 1', 'conv 2', 'output'],
    ],
    [
      'a block that loses the rim keeps it',
      [
        {
          kind: 'residual',
          layers: [
            { ...conv, padding: 'valid' },
            { ...conv, stride: 2, padding: 'valid' },
          ],
        },
      ],
      'Use “same” padding',
      ['block 1', 'output'],
    ],
    [
      'a convolution after a dense layer of its block goes',
      [{ kind: 'residual', layers: [conv, { units: 12 }, conv] }],
      'Remove it',
      ['block 1', 'output'],
    ],
  ])('%s', (_name, layers, label, names) => {
    const repair = mend(broken(layers))
    expect(repair?.label).toBe(label)
    expect(repair && layerNames(repair.spec.layers)).toEqual(names)
    expect(repair && parseSpec(repair.spec)).toMatchObject({ ok: true })
  })

  test('layers for images go, all at once, where the data are none', () => {
    const onPlane = changeDataKind(broken([conv, { kind: 'maxPool' }, { units: 8 }]), 'spirals')
    const repair = mend(onPlane)
    expect(repair?.label).toBe('Remove all 2 layers for images')
    expect(repair && layerNames(repair.spec.layers)).toEqual(['hidden 1', 'output'])
    expect(repair && parseSpec(repair.spec).ok).toBe(true)
  })

  test.each<[string, Layers[number]]>([
    ['a pool', { kind: 'globalAveragePool' }],
    ['a convolution', conv],
  ])('a network that ends with %s gets a dense output', (_name, last) => {
    const parsed = broken([conv])
    const repair = mend(
      fitToData({ ...parsed, layers: [parsed.layers[0]!, ...layersOf(last)] }, dataShape(parsed.data)!),
    )
    expect(repair?.label).toBe('Add a dense output')
    expect(repair && parseSpec(repair.spec)).toMatchObject({ ok: true, spec: { layers: [{}, {}, { units: 10 }] } })
  })

  const layersOf = (layer: Layers[number]) => {
    const parsed = parseSpecOrThrow({ data: { kind: 'idx' }, layers: [layer, {}] })
    return [{ ...parsed.layers[0]!, id: 5, ...(layer.kind === 'conv' && { activation: 'linear' as const }) }]
  }

  test.each<[string, string, string]>([
    ['kernel', 'Set kernel to 7', 'layers.0.kernel'],
    ['stride', 'Set stride to 7', 'layers.0.stride'],
    ['dilation', 'Set dilation to 8', 'layers.0.dilation'],
    ['channels', 'Make it 1,024 channels', 'layers.0.channels'],
  ])('a number beyond its range goes to its end: %s', (field, label, path) => {
    const wild = changeLayer(broken([conv]), 0, (layer) => ({ ...layer, [field]: 5000 }))
    const repair = proposeRepair(wild, { path, message: '' }, dataShape(wild.data))
    expect(repair?.label).toBe(label)
    expect(repair && parseSpec(repair.spec).ok).toBe(true)
  })

  test('normalisation goes from an output', () => {
    const normalised = changeLayer(spec, 2, (layer) => ({ ...layer, normalisation: 'batch' }) as LayerSpec)
    expect(mend(normalised)).toEqual({ label: 'Set it to none', spec })
  })
})

describe('a network too large for the device', () => {
  const data: DataShape = { shape: flatShape(196), features: 196, task: { kind: 'classification', classes: 10 } }
  const generous: Ceilings = {
    parameters: Infinity,
    activationBytes: Infinity,
    tensorBytes: Infinity,
    flopsPerStep: Infinity,
  }

  test.each<[Partial<Ceilings>, string]>([
    // (196 + 1)·24 + (24 + 1)·16 + (16 + 1)·10 = 5,298; 32 units would make 7,002 of it.
    [{ parameters: 6000 }, 'Make it 24 units'],
    // The batch is the largest tensor: 196 values of 4 bytes for 32 samples are 25,088.
    [{ tensorBytes: 30_000 }, 'Lower it to 32'],
    // (196 + 3·(32 + 16) + 2·12)·4 bytes for 16 samples are 23,296.
    [{ activationBytes: 30_000 }, 'Lower it to 16'],
    // Four operations for each weight of the first layer, six for the others: 29,120 for one sample.
    [{ flopsPerStep: 120_000 }, 'Lower it to 4'],
  ])('shrinks to the largest size that fits: %j', (limits, label) => {
    const ceilings = { ...generous, ...limits }
    const [fault] = describeArchitecture(spec, data, ceilings).faults
    const repair = fault && proposeRepair(spec, fault, data)
    expect(repair?.label).toBe(label)
    expect(repair && describeArchitecture(repair.spec, data, ceilings).faults).toEqual([])
  })

  test('has no obvious repair where even the smallest would not fit', () => {
    const [fault] = describeArchitecture(spec, data, { ...generous, flopsPerStep: 10 }).faults
    expect(fault && proposeRepair(spec, fault, data)).toBeUndefined()
  })
})

test('what only a person can decide has no repair', () => {
  for (const path of ['', 'seed', 'layers', 'layers.0.activation', 'layers.9.units', 'data.kind', 'data.rank']) {
    expect(proposeRepair(spec, { path, message: '' }, dataShape(spec.data))).toBeUndefined()
  }
})
