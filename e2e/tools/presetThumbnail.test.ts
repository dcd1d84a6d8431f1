import { expect, test } from 'vitest'
import { setWidth } from '../../app/experiment/edits'
import { layerWidth } from '../../app/experiment/layerNames'
import { presets, presetSpec } from '../../app/experiment/presets'
import type { ExperimentSpec } from '../../app/experiment/spec'
import { thumbnails } from '../../app/ui/gallery/thumbnails'
import { markSpec, recordThumbnail } from './presetThumbnail'

const remedy = 'Run `npm run thumbnails` and commit app/ui/gallery/thumbnails.json.'
const xor = presets.find(({ id }) => id === 'xor')!

test.each(presets)('the thumbnail of “$id” shows the preset as it is now', (preset) => {
  const thumbnail = thumbnails[preset.id]
  expect(thumbnail?.spec, `The preset was changed after its thumbnail was recorded. ${remedy}`).toBe(
    markSpec(presetSpec(preset)),
  )
  // The output layer, too, of which a document need not say the width.
  expect(thumbnail?.layers.map(({ width }) => width)).toEqual(
    presetSpec(preset).layers.flatMap((layer) => layerWidth(layer) ?? []),
  )
})

test('no thumbnail is kept of a preset that is gone', () => {
  expect(Object.keys(thumbnails), remedy).toEqual(presets.map(({ id }) => id))
})

test('training a preset again gives the thumbnail that is committed, to the last digit', async () => {
  expect(await recordThumbnail(presetSpec(xor)), `Training computes something else now. ${remedy}`).toEqual(
    thumbnails[xor.id],
  )
})

test('a spec is marked by all that decides its picture, and not by its name', () => {
  const spec = presetSpec(xor)
  const changed: ExperimentSpec[] = [
    { ...spec, seed: 8 },
    { ...spec, training: { ...spec.training, steps: 999 } },
    { ...spec, training: { ...spec.training, augmentation: { crop: 1, flip: false } } },
    { ...spec, monitor: { ...spec.monitor, threshold: 0.98 } },
    setWidth(spec, 0, 9),
  ]
  const marks = [spec, ...changed].map((one) => markSpec(one))
  expect(new Set(marks).size).toBe(marks.length)
  expect(markSpec({ ...spec, name: 'Either, not both' })).toBe(marks[0])
})
