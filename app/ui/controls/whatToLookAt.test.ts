import { expect, test } from 'vitest'
import { duplicateLayer, setWidth } from '../../experiment/edits'
import { readLink, writeLink } from '../../experiment/link'
import { presets } from '../../experiment/presetList'
import { defaultPreset, presetSpec, presetSpecs, referenceDefault } from '../../experiment/presets'
import { parseSpecOrThrow } from '../../experiment/schema'
import { whatToLookAt } from './whatToLookAt'

const all = [...presets, referenceDefault]
const spec = presetSpec(defaultPreset)
const generic = /^The darker a row/

test.each(all)('$id has its own words, by a link, too, and what races beside it has the same', (preset) => {
  for (const original of presetSpecs(preset)) {
    const parsed = readLink(writeLink(original))
    expect(whatToLookAt(original, all)).toBe(preset.lookAt)
    expect(parsed?.ok && whatToLookAt(parsed.spec, all)).toBe(preset.lookAt)
  }
})

test('other data, layers or initial weights make the words of the preset untrue', () => {
  const otherData = parseSpecOrThrow({ ...spec, data: { kind: 'moons' }, layers: [{}], loss: undefined })
  expect(whatToLookAt({ ...spec, data: otherData.data }, all)).toMatch(generic)
  expect(whatToLookAt(duplicateLayer(spec, 0), all)).toMatch(generic)
  expect(whatToLookAt(setWidth(spec, 2, 16), all)).toMatch(generic)
  expect(whatToLookAt({ ...spec, initialisation: 'he' }, all)).toMatch(generic)
})

test('tuning how it learns keeps the words of the preset', () => {
  expect(whatToLookAt({ ...spec, training: { ...spec.training, batchSize: 16 } }, all)).toBe(defaultPreset.lookAt)
})
