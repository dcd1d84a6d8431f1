import { expect, test } from 'vitest'
import { defaultPreset, presetSpec } from '../experiment/presets'
import type { FileDataSpec } from '../experiment/spec'
import { createRunStore } from '../runs/store'
import type { Request } from '../worker/protocol'
import { FileCommands } from './fileCommands'

const TABLE = { kind: 'csv', target: 'y', task: 'classification', heldOut: 0.2, standardise: 'feature' } as const
const IMAGES = { kind: 'idx', heldOut: 0.2, standardise: 'dataset' } as const

/** The page after the worker read files of this name and found this in them. */
function readFiles(name: string, data: FileDataSpec) {
  const sent: Request[] = []
  const store = createRunStore(presetSpec(defaultPreset), (publish) => publish())
  const files = new FileCommands(store, { send: (request) => sent.push(request) })
  files.read([new File(['x'], name)])
  const summary = {
    name,
    task: { kind: 'classification', classes: 3, classNames: [] } as const,
    sampleShape: [4],
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
  expect(files.accept()?.name).toBe(`${name.slice(0, 199)}…`)
  expect(files.accepted).toBe(1)
  expect(store.getState().files.kind).toBe('none')
})

test('a column with the text of a whole question can be predicted', () => {
  const target = 'How often do you go there? '.repeat(40)
  expect(readFiles('table.csv', { ...TABLE, target }).files.accept()?.data).toEqual({ ...TABLE, target })
})

test('what fits no experiment is refused with the reason, and can be put away', () => {
  const { store, files, sent } = readFiles('table.csv', { ...TABLE, heldOut: 7 })
  expect(files.accept()).toBeUndefined()
  expect(files.accepted).toBeUndefined()
  const shown = store.getState().files
  expect(shown).toMatchObject({ kind: 'refused', names: ['table.csv'] })
  expect(shown.kind === 'refused' && shown.message).toContain('Held out is 7; it must be a number from 0 to 0.9.')
  files.cancel()
  expect(store.getState().files.kind).toBe('none')
  expect(sent.at(-1)).toEqual({ kind: 'cancelFiles', fileData: 1 })
})
