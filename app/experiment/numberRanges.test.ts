import { describe, expect, test } from 'vitest'
import { parseSpec } from './schema'
import { numberSettings } from './settings'

/** Message by path of everything wrong with a document. */
function faultsOf(document: unknown): Readonly<Record<string, string>> {
  const result = parseSpec(document)
  return result.ok ? {} : Object.fromEntries(result.faults.map(({ path, message }) => [path, message]))
}

describe('a number outside its range', () => {
  test.each([
    [-3, 'Batch is -3; it must be a whole number from 1 to 16,384. Raise it to 1 or more.'],
    [1e9, 'Batch is 1,000,000,000; it must be a whole number from 1 to 16,384. Lower it to 16,384 or less.'],
    [2.6, 'Batch is 2.6; it must be a whole number from 1 to 16,384. Use 3.'],
    [NaN, 'Batch is NaN; it must be a whole number from 1 to 16,384. Give a finite number.'],
    [Infinity, 'Batch is Infinity; it must be a whole number from 1 to 16,384. Give a finite number.'],
    ['64', 'Batch is “64”; it must be a whole number from 1 to 16,384. Write it without quotes.'],
    [
      null,
      'Batch is null; it must be a whole number from 1 to 16,384. Give a number, or leave the field out for its default.',
    ],
    [
      [64],
      'Batch is a list of 1; it must be a whole number from 1 to 16,384. Give a number, or leave the field out for its default.',
    ],
  ])('is refused with what was found, what is allowed and what to do: %s', (batchSize, message) => {
    expect(faultsOf({ training: { batchSize } })).toEqual({ 'training.batchSize': message })
  })

  /** A document that has the setting at `path`; settings that exist in one kind only need that kind. */
  function documentWith(path: string, value: number): unknown {
    const layerKinds: Readonly<Record<string, object>> = {
      'layers.channels': { kind: 'conv' },
      'layers.kernel': { kind: 'conv' },
      'layers.stride': { kind: 'conv' },
      'layers.dilation': { kind: 'conv' },
      'layers.groups': { kind: 'conv' },
      'layers.size': { kind: 'maxPool' },
      'layers.factor': { kind: 'upsample' },
    }
    const kinds: Readonly<Record<string, object>> = {
      'data.classes': { kind: 'gaussians' },
      'data.dimensions': { kind: 'subspace', rank: 1 },
      'data.rank': { kind: 'subspace', dimensions: 512 },
      'data.hidden': { kind: 'teacher' },
      'data.jitter': { kind: 'shapes' },
      'data.rotation': { kind: 'shapes' },
      'data.colour': { kind: 'shapes' },
      'data.clutter': { kind: 'shapes' },
      'data.scale': { kind: 'textures', size: 64 },
      'data.resize': { kind: 'images' },
      'optimizer.momentum': { kind: 'momentum' },
      'optimizer.decay': { kind: 'rmsprop' },
      'schedule.every': { kind: 'step' },
      'schedule.factor': { kind: 'step' },
      'schedule.floor': { kind: 'cosine' },
    }
    if (path === 'data.heldOut.last') return { data: { kind: 'idx', heldOut: { last: value } } }
    if (path === 'training.augmentation.crop') {
      return { data: { kind: 'digits', size: 64 }, training: { augmentation: { crop: value } } }
    }
    const [section = '', field = ''] = path.split('.')
    if (field === '') return { [section]: value }
    // Files, of whose images any kernel may be right.
    if (section === 'layers') return { data: { kind: 'idx' }, layers: [{ ...layerKinds[path], [field]: value }, {}] }
    return { [section]: { ...kinds[path], [field]: value } }
  }

  test.each(Object.entries(numberSettings))(
    'both ends of %s are accepted and what lies beyond is refused',
    (path, setting) => {
      const { minimum, maximum } = setting.range
      const beyond = (value: number, direction: 1 | -1) => value + direction * Math.max(1, Math.abs(value))
      const at = path.startsWith('layers.') ? path.replace('layers.', 'layers.0.') : path
      for (const value of [minimum, maximum, setting.default]) expect(faultsOf(documentWith(path, value))).toEqual({})
      for (const value of [beyond(minimum, -1), beyond(maximum, 1), NaN, Infinity, -Infinity]) {
        expect(Object.keys(faultsOf(documentWith(path, value)))).toEqual([at])
      }
      const fraction = Object.keys(faultsOf(documentWith(path, minimum + 0.5)))
      expect(fraction).toEqual(setting.range.integer || minimum + 0.5 > maximum ? [at] : [])
    },
  )
})
