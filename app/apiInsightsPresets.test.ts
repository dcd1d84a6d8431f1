import { mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { recordRun } from './apiTesting/recordRun'
import { packRun, unpackRun, upToColumn, type Recording } from './apiTesting/recording'
import { layerWidth } from './experiment/layerNames'
import { presets } from './experiment/presetList'
import { presetSpecs, referenceDefault } from './experiment/presets'
import { parseSpec, parseSpecOrThrow } from './experiment/schema'
import type { ExperimentSpec } from './experiment/spec'
import { findInsights } from './runs/insights'
import type { RunEvidence } from './runs/insights/evidence'

// Every preset to its last step, recorded on the float64 engine (by `npm run nightly` with SATURASCOPE_RECORD=1),
// because the runs themselves take minutes.

/** Convolutions take long to measure; as many columns as on the card in the gallery (e2e/tools/presetThumbnail.ts). */
const COLUMNS = { usual: 51, images: 26 }
const MINUTES = 60_000

/** What each preset shows in the end; the others are healthy. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'too-wide': ['tail of 2, 3'],
  'too-wide-small': ['tail of 2, 3'],
  memorising: ['memorising of 2'],
  bottleneck: ['full of 1'],
  'dead-units': ['deadUnits of 0', 'deadUnits of 1', 'deadUnits of 2'],
  'too-slow': ['learningRateTooLow of '],
  fading: ['tail of 1, 2, 3, 4'],
  // Batch norm makes use of all that a narrow layer has.
  'image-tail': ['full of 1', 'tail of 6, 7, 8, 9'],
  // Over before its tail has held as long as the rule asks for where columns are few.
  'image-stem': ['full of 1'],
  'image-labels': ['memorising of 2'],
  'image-shortcuts': ['full of 1'],
}

/** Every run that a preset puts up, and the name of its recording; several presets may hold the same one. */
const all = [referenceDefault, ...presets]
  .flatMap((preset) =>
    presetSpecs(preset).map((spec, index) => ({ id: index === 0 ? preset.id : `${preset.id}-against`, spec })),
  )
  .filter(({ spec }, index, runs) => runs.findIndex((run) => isSameRun(run.spec, spec)) === index)

function isSameRun(one: ExperimentSpec, other: ExperimentSpec): boolean {
  return JSON.stringify({ ...one, name: '' }) === JSON.stringify({ ...other, name: '' })
}
const recordings = import.meta.glob<Recording>('./apiTesting/fixtures/*.json', { eager: true, import: 'default' })

function recordingOf(id: string): RunEvidence {
  const recording = recordings[`./apiTesting/fixtures/${id}.json`]
  if (!recording) throw new Error(`there is no recording of ${id}`)
  // What came into specs since has its default there.
  return unpackRun({ ...recording, spec: parseSpecOrThrow(recording.spec) })
}

function shownBy(evidence: RunEvidence): readonly string[] {
  return findInsights(evidence).map(({ rule, outputs }) => `${rule} of ${outputs.join(', ')}`)
}

describe.each(all)('the preset “$id”', ({ id, spec }) => {
  test('shows what it is made to show, and nothing else at any step', () => {
    const evidence = recordingOf(id)
    expect({ ...evidence.spec, name: '' }).toEqual({ ...spec, name: '' })
    const along = evidence.columns.map((_, column) => shownBy(upToColumn(evidence, column)))
    const wanted = expected[id] ?? []
    expect(along.at(-1)).toEqual(wanted)
    const first = along.findIndex((shown) => shown.length > 0)
    if (first >= 0) expect(along.slice(first).every((shown) => shown.join() === wanted.join())).toBe(true)
  })

  test('is offered changes that can be run', () => {
    for (const { change } of findInsights(recordingOf(id))) expect(parseSpec(change?.spec)).toMatchObject({ ok: true })
  })

  test('shows the same when it is trained anew @nightly', { timeout: 20 * MINUTES }, async () => {
    const isDense = spec.layers.every(({ kind }) => kind === 'dense')
    const evidence = await recordRun(spec, isDense ? COLUMNS.usual : COLUMNS.images)
    if (process.env['SATURASCOPE_RECORD']) record(id, packRun(evidence))
    expect(shownBy(evidence)).toEqual(expected[id] ?? [])
  })
})

test('too wide at the end: the tail is named with its figures and the network without it is one that can be tried', () => {
  const [tail] = findInsights(recordingOf('too-wide'))
  expect(tail).toMatchObject({
    sentence:
      'Hidden 3 and hidden 4 use 10 % and 7.5 % of their directions, hidden 1 uses 50 %: try without hidden 3 and hidden 4.',
    confidence: { level: 'high' },
    change: { label: 'without hidden 3 and hidden 4' },
  })
  expect(tail?.change?.spec.layers.map(layerWidth)).toEqual([80, 40, 10])
  expect(tail?.evidence.map(({ kind, series }) => [kind, 'output' in series ? series.output : series.kind])).toEqual([
    ['level', 0],
    ['level', 2],
    ['span', 2],
    ['level', 3],
    ['span', 3],
  ])
})

function record(id: string, recording: Recording): void {
  const folder = new URL('apiTesting/fixtures/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${id}.json`, folder), `${JSON.stringify(recording, undefined, 1)}\n`)
}
