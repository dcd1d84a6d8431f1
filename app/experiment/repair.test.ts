import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import type { Ceilings } from './ceilings'
import { dataShape, type DataShape } from './dataShape'
import { diffSpecs, duplicateLayer, setActivation, setDropout, setUnits } from './edits'
import { proposeRepair } from './repair'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { ExperimentSpec } from './spec'
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
    ['output units that do not fit the classes', setUnits(spec, 2, 12), 'Make it 10 units', ['layers.2.units']],
    ['output units that do not fit a value', setUnits(regression, 1, 3), 'Make it 1 unit', ['layers.1.units']],
    ['a width beyond its range', setUnits(spec, 1, 5000), 'Make it 2,048 units', ['layers.1.units']],
    ['a width below its range', setUnits(spec, 1, 0), 'Make it 1 unit', ['layers.1.units']],
    ['half a unit', setUnits(spec, 1, 7.4), 'Make it 7 units', ['layers.1.units']],
    ['a width that is no number', setUnits(spec, 1, Number.NaN), 'Make it 64 units', ['layers.1.units']],
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
      setUnits({ ...spec, data: { ...spec.data, classes: 12 } } as ExperimentSpec, 2, 12),
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
