import { expect, test } from 'vitest'
import { duplicateLayer, setWidth } from '../../experiment/edits'
import { readLink, writeLink } from '../../experiment/link'
import { defaultPreset, presets, presetSpec, referenceDefault } from '../../experiment/presets'
import { parseSpecOrThrow } from '../../experiment/schema'
import { whatToLookAt } from './whatToLookAt'

const spec = presetSpec(defaultPreset)
const generic = /^The darker a row/

test.each([...presets, referenceDefault])('$id has its own words, by a link, too', (preset) => {
  const parsed = readLink(writeLink(presetSpec(preset)))
  expect(whatToLookAt(presetSpec(preset))).toBe(preset.lookAt)
  expect(parsed?.ok && whatToLookAt(parsed.spec)).toBe(preset.lookAt)
})

test('other data, layers or initial weights make the words of the preset untrue', () => {
  const otherData = parseSpecOrThrow({ ...spec, data: { kind: 'moons' }, layers: [{}], loss: undefined })
  expect(whatToLookAt({ ...spec, data: otherData.data })).toMatch(generic)
  expect(whatToLookAt(duplicateLayer(spec, 0))).toMatch(generic)
  expect(whatToLookAt(setWidth(spec, 2, 16))).toMatch(generic)
  expect(whatToLookAt({ ...spec, initialisation: 'he' })).toMatch(generic)
})

test('tuning how it learns keeps the words of the preset', () => {
  expect(whatToLookAt({ ...spec, training: { ...spec.training, batchSize: 16 } })).toBe(defaultPreset.lookAt)
})
