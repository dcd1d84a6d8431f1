import { describe, expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { dataShape, type DataShape } from './dataShape'
import { changeDataKind } from './kinds'
import { readLink, writeLink } from './link'
import { proposeRepair } from './repair'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { AugmentationSpec, ExperimentSpec } from './spec'
import { flatShape } from './tensorShape'

const digits = parseSpecOrThrow({ data: { kind: 'digits', size: 8 } })
const spirals = parseSpecOrThrow({ data: { kind: 'spirals' } })
const OFF: AugmentationSpec = { crop: 0, flip: false }

function augmented(spec: ExperimentSpec, change: Partial<AugmentationSpec>): ExperimentSpec {
  return { ...spec, training: { ...spec.training, augmentation: { ...OFF, ...change } } }
}

test('documents and links that do not name it train on images as they are', () => {
  expect(digits.training.augmentation).toEqual(OFF)
  expect(parseSpecOrThrow({ training: { augmentation: { crop: 3 } } }).training.augmentation).toEqual({
    ...OFF,
    crop: 3,
  })
  expect(writeLink(digits)).not.toContain('augmentation')
})

test('it travels in a link', () => {
  for (const change of [{ crop: 4 }, { flip: true }, { crop: 1, flip: true }]) {
    const spec = augmented(digits, change)
    expect(readLink(writeLink(spec))).toEqual({ ok: true, spec })
  }
  expect(writeLink(augmented(digits, { crop: 4, flip: true }))).toContain(
    '&training.augmentation.crop=4&training.augmentation.flip=true&',
  )
})

describe('what cannot be done to the data', () => {
  const image = (height: number, width: number): DataShape => ({
    shape: { height, width, channels: 1 },
    features: height * width,
    task: { kind: 'classification', classes: 10 },
  })
  const list: DataShape = { ...image(1, 9), shape: flatShape(9) }
  const files = parseSpecOrThrow({ data: { kind: 'idx' } })

  /** By path, of generated data and of the same read from files. */
  function faultsOf(spec: ExperimentSpec, data = dataShape(spec.data)!): readonly string[] {
    const parsed = parseSpec(spec)
    if (dataShape(spec.data)) expect(parsed.ok).toBe(describeArchitecture(spec, data).faults.length === 0)
    return describeArchitecture(spec, data).faults.map(({ path, message }) => `${path}: ${message}`)
  }

  test.each<[string, readonly string[], string]>([
    [
      'a crop that may lose the image',
      faultsOf(augmented(digits, { crop: 8 })),
      'crop: .* 8×8 out of view. Lower it to 7',
    ],
    ['a crop higher than the image', faultsOf(augmented(files, { crop: 5 }), image(5, 9)), 'crop: .* Lower it to 4'],
    ['a crop of points', faultsOf(augmented(spirals, { crop: 1 })), 'crop: .* no images. Set it to 0'],
    ['a flip of points', faultsOf(augmented(spirals, { flip: true })), 'flip: .* Turn it off'],
    ['a flip of lists in files', faultsOf(augmented(files, { flip: true }), list), 'flip: .* Turn it off'],
  ])('%s', (_name, faults, expected) => {
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^training\\.augmentation\\.${expected}`))])
  })

  test('is nothing where a pixel of every image stays in view, whatever layer reads it', () => {
    const conv = parseSpecOrThrow({ data: digits.data, layers: [{ kind: 'conv' }, {}] })
    for (const spec of [digits, conv]) expect(faultsOf(augmented(spec, { crop: 7, flip: true }))).toEqual([])
    expect(faultsOf(augmented(files, { flip: true }), image(1, 9))).toEqual([])
  })

  test('is mended by one click', () => {
    const broken = [
      augmented(digits, { crop: 30 }),
      augmented(spirals, { crop: 3 }),
      augmented(spirals, { flip: true }),
    ]
    const mended = broken.map((spec) => {
      const data = dataShape(spec.data)!
      const [fault] = describeArchitecture(spec, data).faults
      return proposeRepair(spec, fault!, data)
    })
    expect(mended.map((repair) => repair?.label)).toEqual(['Set it to 7', 'Set it to 0', 'Turn it off'])
    for (const repair of mended) expect(parseSpec(repair?.spec).ok).toBe(true)
  })
})

test('data that are no images turn it off, other images keep it', () => {
  const spec = augmented(digits, { crop: 2, flip: true })
  expect(changeDataKind(spec, 'moons').training.augmentation).toEqual(OFF)
  expect(changeDataKind(spec, 'shapes').training.augmentation).toEqual({ crop: 2, flip: true })
})
