import { expect, test } from 'vitest'
import { describeArchitecture } from '../../app/experiment/architecture'
import { dataShape, type DataShape } from '../../app/experiment/dataShape'
import { setWidth } from '../../app/experiment/edits'
import { presets } from '../../app/experiment/presetList'
import { presetSpec, presetSpecs } from '../../app/experiment/presets'
import type { ExperimentSpec } from '../../app/experiment/spec'
import { thumbnails } from '../../app/ui/gallery/thumbnails'
import { markSpec, recordThumbnail, refreshThumbnail } from './presetThumbnail'

const remedy = 'Run `npm run thumbnails` and commit app/ui/gallery/thumbnails.json.'
const xor = presets.find(({ id }) => id === 'xor')!

test.each(presets)('the thumbnail of “$id” shows the preset as it is now', (preset) => {
  const thumbnail = thumbnails[preset.id]
  const specs = presetSpecs(preset)
  const runs = [thumbnail, ...(specs.length > 1 ? [thumbnail?.against] : [])]
  expect(
    runs.map((run) => run?.spec),
    `The preset was changed after its thumbnail was recorded. ${remedy}`,
  ).toEqual(specs.map(markSpec))
  // The output layer, too, of which a document need not say the width.
  const widths = specs.map((spec) => describeArchitecture(spec, shapeOf(spec)).measured.map(({ width }) => width))
  expect(runs.map((run) => run?.layers.map(({ width }) => width))).toEqual(widths)
})

function shapeOf({ data, name }: ExperimentSpec): DataShape {
  const shape = dataShape(data)
  if (!shape) throw new Error(`“${name}” needs files`)
  return shape
}

test('no thumbnail is kept of a preset that is gone', () => {
  expect(Object.keys(thumbnails), remedy).toEqual(presets.map(({ id }) => id))
})

test('training a preset again gives the thumbnail that is committed, to the last digit', async () => {
  expect(await recordThumbnail(presetSpec(xor)), `Training computes something else now. ${remedy}`).toEqual(
    thumbnails[xor.id],
  )
})

test('of a race only the run that was changed is trained again', async () => {
  const training = { batchSize: 8, steps: 50 }
  const race = { ...xor, document: { ...xor.document, training }, against: { data: { kind: 'moons' } } } as const
  const known = { ...thumbnails[xor.id]!, spec: markSpec(presetSpec(race)) }
  const refreshed = await refreshThumbnail(race, known)
  expect(refreshed).toEqual({ ...known, against: await recordThumbnail(presetSpecs(race)[1]!) })
  expect(await refreshThumbnail(xor, { ...known, spec: markSpec(presetSpec(xor)) })).not.toHaveProperty('against')
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
