import { expect, test } from 'vitest'
import { duplicateLayer, removeLayer, setWidth } from '../../experiment/edits'
import { readLink, writeLink } from '../../experiment/link'
import { presets } from '../../experiment/presetList'
import { defaultPreset, presetSpec, presetSpecs, referenceDefault } from '../../experiment/presets'
import type { ExperimentSpec } from '../../experiment/spec'
import { originOf } from './currentPreset'

const all = [...presets, referenceDefault]
const spec = presetSpec(defaultPreset)
const origin = (of: ExperimentSpec) => originOf(of, all)

test.each(all)('$id is itself, by a link, too, and so is what races beside it', (preset) => {
  const itself = { preset: preset.title, isEdited: false }
  for (const original of presetSpecs(preset)) {
    expect(origin(original)).toEqual(itself)
    const linked = readLink(writeLink(original))
    expect(linked?.ok && origin(linked.spec)).toEqual(itself)
  }
})

test('any change of what runs makes it an edited one, and taking the change back undoes that', () => {
  const wider = setWidth(spec, 2, 16)
  for (const edited of [wider, duplicateLayer(spec, 3), { ...spec, seed: 8 }]) {
    expect(origin(edited)).toEqual({ preset: defaultPreset.title, isEdited: true })
  }
  const faster = { ...spec, optimizer: { ...spec.optimizer, learningRate: 0.01 } }
  expect(origin(faster).isEdited, 'also what changes live').toBe(true)
  expect(origin(setWidth(wider, 2, 80)).isEdited).toBe(false)
  expect(origin(removeLayer(duplicateLayer(spec, 3), 4)).isEdited).toBe(false)
})

test('another δ or convention is another look at the same experiment', () => {
  const monitor = { ...spec.monitor, threshold: 0.9, convention: 'delve' } as const
  expect(origin({ ...spec, monitor }).isEdited).toBe(false)
})

test('an experiment of the user’s own is no edited preset', () => {
  expect(origin({ ...spec, name: 'digits.csv' })).toEqual({ preset: undefined, isEdited: false })
})
