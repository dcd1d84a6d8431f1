import { expect, test } from 'vitest'
import { duplicateLayer, removeLayer, setWidth } from '../../experiment/edits'
import { readLink, writeLink } from '../../experiment/link'
import { defaultPreset, presets, presetSpec, referenceDefault } from '../../experiment/presets'
import { originOf } from './currentPreset'

const spec = presetSpec(defaultPreset)

test.each([...presets, referenceDefault])('$id is itself, by a link, too', (preset) => {
  const itself = { preset: preset.title, isEdited: false }
  expect(originOf(presetSpec(preset))).toEqual(itself)
  const linked = readLink(writeLink(presetSpec(preset)))
  expect(linked?.ok && originOf(linked.spec)).toEqual(itself)
})

test('any change of what runs makes it an edited one, and taking the change back undoes that', () => {
  const wider = setWidth(spec, 2, 16)
  for (const edited of [wider, duplicateLayer(spec, 3), { ...spec, seed: 8 }]) {
    expect(originOf(edited)).toEqual({ preset: defaultPreset.title, isEdited: true })
  }
  const faster = { ...spec, optimizer: { ...spec.optimizer, learningRate: 0.01 } }
  expect(originOf(faster).isEdited, 'also what changes live').toBe(true)
  expect(originOf(setWidth(wider, 2, 80)).isEdited).toBe(false)
  expect(originOf(removeLayer(duplicateLayer(spec, 3), 4)).isEdited).toBe(false)
})

test('another δ or convention is another look at the same experiment', () => {
  const monitor = { ...spec.monitor, threshold: 0.9, convention: 'delve' } as const
  expect(originOf({ ...spec, monitor }).isEdited).toBe(false)
})

test('an experiment of the user’s own is no edited preset', () => {
  expect(originOf({ ...spec, name: 'digits.csv' })).toEqual({ preset: undefined, isEdited: false })
})
