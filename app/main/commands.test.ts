import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setDropout, setWidth } from '../experiment/edits'
import { layerWidth } from '../experiment/layerNames'
import { presetSpec, referenceDefault } from '../experiment/presets'
import { activeDraft, activeRun } from '../runs/contenders'
import { draftFaults } from '../runs/draftFaults'
import { createRunStore } from '../runs/store'
import type { Request } from '../worker/protocol'
import { PageCommands } from './commands'
import { openPage, SPEC, startedRun } from './pageTesting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('commands', () => {
  test('an edit of the architecture starts one new run, however quickly the next ones follow', () => {
    const { commands, starts } = openPage()
    for (const units of [40, 41, 42]) commands.edit(setWidth(SPEC, 0, units))
    vi.runAllTimers()
    expect(starts().map(({ layers }) => layerWidth(layers[0]!))).toEqual([42])
  })

  test('a learning rate changes the run that is going on, and is logged with the step the worker applied it at', () => {
    const { store, commands, sent } = openPage()
    commands.change({ learningRate: 0.01 })
    vi.runAllTimers()
    expect(sent).toEqual([{ kind: 'change', run: '1', settings: { learningRate: 0.01 } }])
    expect(activeRun(store.getState())!.changes).toEqual([])
    store.receive({ kind: 'changed', run: '1', step: 17, settings: { learningRate: 0.01 } })
    expect(activeRun(store.getState())!.changes).toEqual([{ step: 17, path: 'learningRate', value: 0.01 }])
    expect(activeRun(store.getState())!.spec.optimizer.learningRate).toBe(0.01)
  })

  test('without a GPU the smaller experiment that runs changes live as any other', () => {
    const { store, commands, sent } = openPage(presetSpec(referenceDefault))
    commands.change({ learningRate: 0.01 })
    vi.runAllTimers()
    expect(sent).toEqual([{ kind: 'change', run: '1', settings: { learningRate: 0.01 } }])
    expect(activeRun(store.getState())!.spec.layers).toEqual(presetSpec(referenceDefault).layers)
  })

  test('an edit that was made before the first run started is not lost to the smaller experiment', () => {
    const smaller = presetSpec(referenceDefault)
    const sent: Request[] = []
    const store = createRunStore(SPEC, (publish) => publish())
    const commands = new PageCommands({ store, client: { send: (request) => sent.push(request) }, engine: 'auto' })
    commands.startFirst(smaller)
    commands.edit(setWidth(SPEC, 0, 44))
    store.receive({ kind: 'started', run: '1', letter: 'A', started: startedRun(smaller) })
    vi.runAllTimers()
    expect(activeDraft(store.getState()).spec.layers[0]).toMatchObject({ units: 44 })
    expect(sent.at(-1)).toMatchObject({ kind: 'start', spec: setWidth(SPEC, 0, 44) })
  })

  test('dropout changes live, too', () => {
    const { commands, sent } = openPage()
    commands.edit(setDropout(SPEC, 0, 0.25))
    vi.runAllTimers()
    expect(sent).toEqual([{ kind: 'change', run: '1', settings: { dropout: { [SPEC.layers[0]!.id]: 0.25 } } }])
  })

  test('an invalid edit shows its fault and asks nothing of the worker', () => {
    const { store, commands, sent } = openPage()
    commands.edit(setWidth(SPEC, 0, 0))
    vi.runAllTimers()
    expect(sent).toEqual([])
    expect(activeDraft(store.getState()).faults[0]!.path).toBe('layers.0.units')
    expect(activeRun(store.getState())!.spec).toEqual(SPEC)
  })

  test('an output layer that does not fit the data is a fault of its field', () => {
    const { store, commands, sent } = openPage()
    commands.edit(setWidth(SPEC, SPEC.layers.length - 1, 7))
    vi.runAllTimers()
    expect(sent).toEqual([])
    expect(activeDraft(store.getState()).faults[0]!.path).toBe(`layers.${SPEC.layers.length - 1}.units`)
  })

  test('taking an invalid edit back brings the running experiment back without a restart', () => {
    const { store, commands, sent } = openPage()
    commands.edit(setWidth(SPEC, 0, 0))
    commands.edit(SPEC)
    vi.runAllTimers()
    expect(activeDraft(store.getState()).faults).toEqual([])
    expect(sent).toEqual([])
  })

  test('an edit that is taken back before it started does not start', () => {
    const { commands, starts } = openPage()
    commands.edit(setWidth(SPEC, 0, 44))
    commands.edit(SPEC)
    vi.runAllTimers()
    expect(starts()).toEqual([])
  })

  test('δ is part of what is shared, and changes no run', () => {
    const { store, commands, sent } = openPage()
    commands.setView({ threshold: 0.9 })
    vi.runAllTimers()
    expect(sent).toEqual([])
    expect(activeDraft(store.getState()).spec.monitor.threshold).toBe(0.9)
  })

  test('another preset keeps δ and convention that are on screen, and is started with them', () => {
    const { store, commands, starts } = openPage()
    const chosen = { threshold: 0.95, convention: 'delve' } as const
    commands.setView(chosen)
    const preset = presetSpec(referenceDefault)
    commands.edit(preset)
    vi.runAllTimers()
    expect(store.getState().view).toMatchObject(chosen)
    expect(activeDraft(store.getState()).spec).toEqual({ ...preset, monitor: { ...preset.monitor, ...chosen } })
    expect(starts()).toEqual([activeDraft(store.getState()).spec])
  })

  test('an edit of δ alone is shown', () => {
    const { store, commands, sent } = openPage()
    commands.edit({ ...SPEC, monitor: { ...SPEC.monitor, threshold: 0.9 } })
    vi.runAllTimers()
    expect(store.getState().view.threshold).toBe(0.9)
    expect(activeRun(store.getState())!.spec.monitor.threshold).toBe(0.9)
    expect(sent).toEqual([])
  })

  test('δ that was set before a run started stays', () => {
    const { store, commands } = openPage()
    commands.edit(setWidth(SPEC, 0, 44))
    vi.runAllTimers()
    commands.setView({ threshold: 0.9 })
    store.receive({ kind: 'started', run: '2', letter: 'A', started: startedRun(setWidth(SPEC, 0, 44)) })
    expect(activeRun(store.getState())!.spec).toEqual(activeDraft(store.getState()).spec)
  })

  test('an edit that comes before the last start was answered restarts with both', () => {
    const { commands, starts, sent } = openPage()
    const narrower = setWidth(SPEC, 0, 44)
    commands.edit(narrower)
    vi.runAllTimers()
    commands.change({ learningRate: 0.01 })
    vi.runAllTimers()
    expect(sent.some(({ kind }) => kind === 'change')).toBe(false)
    expect(starts().at(-1)).toMatchObject({ layers: narrower.layers, optimizer: { learningRate: 0.01 } })
  })

  test('a refusal that comes after the edit which corrected it is not shown', () => {
    const { store, commands, sent } = openPage()
    commands.edit(setWidth(SPEC, 0, 2000))
    vi.runAllTimers()
    const corrected = setWidth(SPEC, 0, 44)
    commands.edit(corrected)
    const fields = [{ path: 'layers.0.units', message: 'too wide' }]
    store.receive({ kind: 'refused', run: '2', message: 'It cannot be run.', fields })
    expect(activeDraft(store.getState())).toMatchObject({ spec: corrected, refusal: undefined, faults: [] })
    vi.runAllTimers()
    store.receive({ kind: 'refused', run: '2', message: 'It cannot be run.', fields })
    expect(activeDraft(store.getState()).refusal).toBeUndefined()
    expect(sent.at(-1)).toMatchObject({ kind: 'start', run: '3' })
    store.receive({ kind: 'refused', run: '3', message: 'Nor can this.', fields: [] })
    expect(activeDraft(store.getState()).refusal?.message).toBe('Nor can this.')
  })

  test('what was refused is asked for again when an invalid edit is taken back, and so shows its fault again', () => {
    const { store, commands, starts, sent } = openPage()
    const refused = setWidth(SPEC, 0, 2000)
    commands.edit(refused)
    vi.runAllTimers()
    const fields = [{ path: 'layers.0.units', message: 'too wide' }]
    store.receive({ kind: 'refused', run: '2', message: 'It cannot be run.', fields })
    commands.edit(setWidth(refused, 1, 0))
    commands.edit(refused)
    vi.runAllTimers()
    expect(starts()).toEqual([refused, refused])
    expect(sent.at(-1)).toMatchObject({ kind: 'start', run: '3' })
    store.receive({ kind: 'refused', run: '3', message: 'It cannot be run.', fields })
    expect(draftFaults(activeDraft(store.getState()))).toEqual(fields)
  })

  test('starting over keeps an edit that has not started yet, and starts it once', () => {
    const { commands, starts } = openPage()
    const narrower = setWidth(SPEC, 0, 44)
    commands.edit(narrower)
    commands.setView({ threshold: 0.9 })
    commands.reset()
    vi.runAllTimers()
    expect(starts()).toEqual([{ ...narrower, monitor: { ...narrower.monitor, threshold: 0.9 } }])
  })

  test('starting over keeps a start that was not answered yet', () => {
    const { commands, starts } = openPage()
    const narrower = setWidth(SPEC, 0, 44)
    commands.edit(narrower)
    vi.runAllTimers()
    commands.reset()
    expect(starts()).toEqual([narrower, narrower])
  })

  test('starting over after a refusal runs what is on screen', () => {
    const { store, commands, starts } = openPage()
    commands.edit(setWidth(SPEC, 0, 2000))
    vi.runAllTimers()
    store.receive({ kind: 'refused', run: '2', message: 'It cannot be run.', fields: [] })
    commands.reset()
    expect(starts().at(-1)).toEqual(SPEC)
  })

  test('halving the learning rate runs the same experiment again', () => {
    const { commands, starts } = openPage()
    commands.halveLearningRate('A')
    vi.runAllTimers()
    expect(starts()).toHaveLength(1)
    expect(starts()[0]!.optimizer.learningRate).toBe(SPEC.optimizer.learningRate / 2)
  })

  test('trains on files with a network that fits them, and further edits, undo and redo keep meaning these files', () => {
    const { store, commands, sent } = openPage()
    commands.readFiles([new File(['x'], 'images'), new File(['y'], 'labels')])
    const read = sent.find((request) => request.kind === 'readFiles')!
    const { spec: _, ...started } = startedRun(SPEC)
    const summary = { ...started.data, shape: { height: 28, width: 28, channels: 1 }, features: 784 }
    const data = { kind: 'idx', resize: null, heldOut: { last: 1000 }, standardise: 'dataset' } as const
    store.receive({ kind: 'filesRead', fileData: read.fileData, summary: { data, summary } })
    commands.trainOnFiles()
    vi.runAllTimers()
    const start = sent.find((request) => request.kind === 'start')!
    expect(start.spec.data).toEqual(data)
    expect(start.spec.layers.at(-1)).toMatchObject({ units: 10 })
    expect(start.fileData).toBe(read.fileData)
    commands.reset()
    expect(sent.at(-1)).toMatchObject({ kind: 'start', fileData: read.fileData })
    commands.undo()
    vi.runAllTimers()
    expect(sent.at(-1)).toMatchObject({ kind: 'start', spec: { data: SPEC.data } })
    expect(sent.at(-1)).not.toHaveProperty('fileData')
    commands.redo()
    vi.runAllTimers()
    expect(sent.at(-1)).toMatchObject({ kind: 'start', spec: { data }, fileData: read.fileData })
    expect(sent.filter(({ kind }) => kind === 'readFiles' || kind === 'cancelFiles')).toEqual([read])
  })
})
