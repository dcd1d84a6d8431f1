import { expect, test } from 'vitest'
import { defaultPreset, presetSpec } from '../experiment/presets'
import { layerWidth } from '../experiment/layerNames'
import { parseSpecOrThrow } from '../experiment/schema'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { ExperimentDocument } from '../experiment/spec'
import { flatShape } from '../experiment/tensorShape'
import { createRunStore } from '../runs/store'
import type { Request } from '../worker/protocol'
import { FileCommands } from './fileCommands'

const TABLE = { kind: 'csv', target: 'y', task: 'classification', heldOut: 0.2, standardise: 'feature' } as const
const IMAGES = { kind: 'idx', resize: null, heldOut: 0.2, standardise: 'dataset' } as const

const CHOSEN = {
  seed: 7,
  initialisation: 'he',
  optimizer: { kind: 'sgd', learningRate: 0.05, weightDecay: 0.001 },
  schedule: { kind: 'cosine', warmup: 10, floor: 0.1 },
  training: { batchSize: 20, steps: 300, clipNorm: 1, l1: 0.001, l2: 0.002 },
} as const satisfies ExperimentDocument

/** The page after the worker read files of this name and found this in them. */
function readFiles(name: string, data: FileDataSpec, draft = presetSpec(defaultPreset)) {
  const sent: Request[] = []
  const store = createRunStore(draft, (publish) => publish())
  const files = new FileCommands(store, { send: (request) => sent.push(request) })
  files.read({ files: [new File(['x'], name)], paths: [name] })
  const summary = {
    name,
    task: { kind: 'classification', classes: 3, classNames: [] } as const,
    shape: flatShape(4),
    features: 4,
    trainingCount: 80,
    heldOutCount: 20,
    notes: [],
    preview: { count: 0, inputs: new Float32Array(), targets: new Float32Array() },
  }
  store.receive({ kind: 'filesRead', fileData: 1, summary: { data, summary } })
  return { store, files, sent }
}

test('files of any name are trained on, under as much of it as an experiment may have', () => {
  const name = 'scan 1, magnified-images-idx3-ubyte + '.repeat(9)
  const { store, files } = readFiles(name, IMAGES)
  expect(files.accept()).toMatchObject({ spec: { name: `${name.slice(0, 199)}…` }, fileData: 1 })
  expect(store.getState().files.kind).toBe('none')
})

test('a column with the text of a whole question can be predicted', () => {
  const target = 'How often do you go there? '.repeat(40)
  expect(readFiles('table.csv', { ...TABLE, target }).files.accept()?.spec.data).toEqual({ ...TABLE, target })
})

test('how it learns and is measured stays, and the network is a usual one for files', () => {
  const measured = { source: 'train', cadence: 5, samples: 512 } as const
  const layers = [{ units: 80 }, { units: 40 }, { units: 80 }, {}]
  const draft = parseSpecOrThrow({ ...CHOSEN, layers, monitor: { ...measured, layers: ['hidden 3'] } })
  const spec = readFiles('table.csv', TABLE, draft).files.accept()?.spec
  expect(spec).toMatchObject({ ...CHOSEN, name: 'table.csv', data: TABLE, monitor: { ...measured, layers: 'all' } })
  expect(spec?.layers.map(layerWidth)).toEqual([32, 32, 3])
})

test('a network that was one for files stays, but for its output', () => {
  const monitor = { layers: ['hidden 1'] }
  const draft = parseSpecOrThrow({ ...CHOSEN, data: { kind: 'csv' }, layers: [{ units: 21 }, {}], monitor })
  const spec = readFiles('table.csv', TABLE, draft).files.accept()?.spec
  expect(spec).toMatchObject({ ...CHOSEN, monitor })
  expect(spec?.layers.map(layerWidth)).toEqual([21, 3])
})

test('a loss that fits what was read stays with its settings', () => {
  const loss = { kind: 'crossEntropy', labelSmoothing: 0.1 } as const
  expect(readFiles('table.csv', TABLE, parseSpecOrThrow({ loss })).files.accept()?.spec.loss).toEqual(loss)
})

test('what fits no experiment is refused with the reason, and can be put away', () => {
  const { store, files, sent } = readFiles('table.csv', { ...TABLE, heldOut: 7 })
  expect(files.accept()).toBeUndefined()
  const shown = store.getState().files
  expect(shown).toMatchObject({ kind: 'refused', names: ['table.csv'] })
  expect(shown.kind === 'refused' && shown.message).toMatch(/^Held out is 7; it must be a number from 0 to 0\.9\./)
  files.cancel()
  expect(store.getState().files.kind).toBe('none')
  expect(sent.at(-1)).toEqual({ kind: 'cancelFiles', fileData: 1 })
})
