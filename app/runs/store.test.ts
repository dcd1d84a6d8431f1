import { describe, expect, test } from 'vitest'
import { parseSpecOrThrow } from '../experiment/schema'
import { flatShape } from '../experiment/tensorShape'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import type { Frame, Letter, Report } from '../worker/protocol'
import { activeDraft, activeRun, addContender, changeContender, findContender, leadingRun } from './contenders'
import { draftFaults } from './draftFaults'
import { findInsights } from './insights'
import { evidenceOf } from './insights/evidence'
import { createRunStore } from './store'

const SPEC = parseSpecOrThrow({ data: { kind: 'xor' } })

/** A store whose frames the test publishes itself. */
function openStore() {
  const frames: (() => void)[] = []
  const store = createRunStore(SPEC, (publish) => frames.push(publish))
  return {
    store,
    pendingFrames: () => frames.length,
    nextFrame: () => {
      for (const publish of frames.splice(0)) publish()
    },
  }
}

function started(run: string, letter: Letter = 'A'): Report {
  const data = {
    name: 'exclusive or',
    task: { kind: 'classification', classes: 2, classNames: ['0', '1'] } as const,
    shape: flatShape(2),
    features: 2,
    trainingCount: 80,
    heldOutCount: 20,
    notes: [],
    preview: { count: 0, inputs: new Float32Array(), targets: new Float32Array() },
  }
  const outputs = [{ name: 'output', kind: 'dense' as const, width: 2 }]
  return { kind: 'started', run, letter, started: { spec: SPEC, startStep: 0, outputs, variants: {}, data } }
}

function frame(run: string, change: Partial<Frame>): Report {
  const losses = { firstStep: 1, loss: new Float32Array(), accuracy: new Float32Array() }
  const snapshots = { count: 0, bytesOnGpu: 0, bytesInMemory: 0, budget: 0 }
  const rest = {
    snapshots,
    plannedSteps: 2000,
    epoch: 0,
    playing: true,
    stepsPerSecond: 0,
    millisPerStep: 0,
    millisPerColumn: 0,
  }
  return { kind: 'frame', frame: { run, step: 0, losses, columns: [], ...rest, ...change } }
}

function spectrum(...eigenvalues: number[]): MeasuredSpectrum {
  const values = Float32Array.from(eigenvalues)
  return { eigenvalues: values, samples: 100, state: 'ok', solver: 'reference', sweeps: 0, offDiagonalNorm: 0 }
}

describe('the run store', () => {
  test('works out what the rules ask of a column as it arrives, so that the first look at a long run is a cheap one', () => {
    const { store, nextFrame } = openStore()
    let reads = 0
    const columns = Array.from({ length: 50 }, (_, step) => ({
      step,
      spectra: [
        {
          ...spectrum(),
          get eigenvalues() {
            reads++
            return Float32Array.of(2, 1)
          },
        },
      ],
    }))
    store.receive(started('r1'))
    store.receive(frame('r1', { columns, step: 49 }))
    nextFrame()
    const readOnArrival = reads
    expect(readOnArrival).toBeGreaterThan(0)
    findInsights(evidenceOf(activeRun(store.getState())!))
    expect(reads).toBe(readOnArrival)
  })

  test('publishes many reports once per frame', () => {
    const { store, nextFrame, pendingFrames } = openStore()
    let published = 0
    store.subscribe(() => published++)
    store.receive(started('1'))
    for (let step = 1; step <= 50; step++) store.receive(frame('1', { step }))
    expect(pendingFrames()).toBe(1)
    expect(activeRun(store.getState())).toBeUndefined()
    nextFrame()
    expect(published).toBe(1)
    expect(activeRun(store.getState())?.step).toBe(50)
  })

  test('shows what the user did at once, without losing reports that wait for their frame', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.update(({ view }) => ({ view: { ...view, threshold: 0.9 } }))
    expect(store.getState().view.threshold).toBe(0.9)
    nextFrame()
    expect(store.getState().view.threshold).toBe(0.9)
    expect(activeRun(store.getState())?.id).toBe('1')
  })

  test('records losses and columns in step order, and says that the history grew', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    const losses = { firstStep: 1, loss: Float32Array.of(2, 1), accuracy: Float32Array.of(0.5, 0.75) }
    const heldOut = { loss: 1.5, accuracy: 0.6 }
    store.receive(
      frame('1', { step: 2, losses, columns: [{ step: 0, spectra: [spectrum(2, 1)], heldOut, deadUnits: [3] }] }),
    )
    store.receive(frame('1', { step: 2, columns: [{ step: 2, spectra: [spectrum(3, 1)] }] }))
    nextFrame()
    const run = activeRun(store.getState())!
    expect([...run.history.training.loss.subarray(0, run.history.training.length)]).toEqual([2, 1])
    expect(run.history.columns.map(({ step, heldOutAccuracy }) => [step, heldOutAccuracy])).toEqual([
      [0, 0.6],
      [2, undefined],
    ])
    expect(run.history.columns.map(({ deadUnits }) => deadUnits)).toEqual([[3], undefined])
    const { revision } = run
    store.receive(frame('1', { step: 2 }))
    nextFrame()
    expect(activeRun(store.getState())!.revision).toBe(revision)
  })

  test('ignores what a run that was replaced still reports', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.receive(started('2'))
    store.receive(frame('1', { step: 99 }))
    store.receive({ kind: 'stopped', run: '1', step: 99, reason: { kind: 'finished' } })
    nextFrame()
    expect(activeRun(store.getState())).toMatchObject({ id: '2', step: 0, stop: undefined })
  })

  test('logs live changes of the run on screen in order, one entry per setting', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.receive({ kind: 'changed', run: '1', step: 8, settings: { learningRate: 0.01, clipNorm: null } })
    store.receive({ kind: 'changed', run: '1', step: 12, settings: { dropout: { 3: 0.5 } } })
    nextFrame()
    expect(activeRun(store.getState())!.changes).toEqual([
      { step: 8, path: 'learningRate', value: 0.01 },
      { step: 8, path: 'clipNorm', value: null },
      { step: 12, path: 'dropout of layer 3', value: 0.5 },
    ])
  })

  test('another sampling shows columns of its own, and those of before again when it goes back', () => {
    const { store, nextFrame } = openStore()
    const shown = () => {
      nextFrame()
      const { history, started: begun } = activeRun(store.getState())!
      return [begun.outputs[0]!.width, history.columns.map(({ step }) => step)]
    }
    const resample = (step: number, sampling: 'flatten' | 'channelwise', width: number) => {
      const outputs = [{ name: 'output', kind: 'dense' as const, width }]
      store.receive({ kind: 'changed', run: '1', step, settings: { sampling }, measured: { outputs, variants: {} } })
    }
    const measure = (...steps: number[]) =>
      store.receive(frame('1', { columns: steps.map((step) => ({ step, spectra: [spectrum(1, 1)] })) }))
    store.receive(started('1'))
    measure(0, 10)
    expect(shown()).toEqual([2, [0, 10]])
    resample(14, 'flatten', 32)
    expect(shown()).toEqual([32, []])
    measure(14, 20)
    expect(shown()).toEqual([32, [14, 20]])
    resample(20, 'channelwise', 2)
    expect(shown()).toEqual([2, [0, 10]])
    measure(20)
    measure(20, 30)
    expect(shown()).toEqual([2, [0, 10, 20, 30]])
    expect(activeRun(store.getState())!.changes).toEqual([
      { step: 14, path: 'sampling', value: 'flatten' },
      { step: 20, path: 'sampling', value: 'channelwise' },
    ])
  })

  test('a change of the run before is not logged on the one that replaced it', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.receive(started('2'))
    store.receive({ kind: 'changed', run: '1', step: 8, settings: { learningRate: 0.01 } })
    nextFrame()
    expect(activeRun(store.getState())).toMatchObject({ id: '2', changes: [] })
  })

  test('a new run begins with an empty history and follows its newest column', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.receive(frame('1', { step: 5, columns: [{ step: 5, spectra: [spectrum(1)] }] }))
    nextFrame()
    store.update(({ view }) => ({ view: { ...view, pinnedStep: 5 } }))
    store.receive(started('2'))
    nextFrame()
    expect(activeRun(store.getState())!.history.columns).toEqual([])
    expect(store.getState().view.pinnedStep).toBeUndefined()
  })

  test('a refusal leaves the run alone and names the fields', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.update((state) => changeContender(state, 'A', ({ draft }) => ({ draft: { ...draft, asked: '2' } })))
    const fields = [{ path: 'layers.0.units', message: 'too wide' }]
    store.receive({ kind: 'refused', run: '2', message: 'It cannot be run.', fields })
    nextFrame()
    expect(activeRun(store.getState())?.id).toBe('1')
    expect(activeDraft(store.getState())).toMatchObject({
      refusal: { message: 'It cannot be run.', fields },
      faults: [],
    })
    expect(draftFaults(activeDraft(store.getState()))).toEqual(fields)
  })

  test('a run that starts ends the refusal before it, fields included', () => {
    const { store, nextFrame } = openStore()
    store.update((state) => changeContender(state, 'A', ({ draft }) => ({ draft: { ...draft, asked: '1' } })))
    const fields = [{ path: 'layers.0.units', message: 'too wide' }]
    store.receive({ kind: 'refused', run: '1', message: 'It cannot be run.', fields })
    store.receive(started('2'))
    nextFrame()
    expect(activeDraft(store.getState()).refusal).toBeUndefined()
    expect(draftFaults(activeDraft(store.getState()))).toEqual([])
  })

  test('a worker that breaks stops the run and says why', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.receive({ kind: 'crashed', message: 'out of memory' })
    nextFrame()
    expect(activeRun(store.getState())).toMatchObject({
      playing: false,
      stop: { kind: 'failed', message: 'out of memory' },
    })
  })

  test('runs side by side each get their own frames, and one that begins resets what is shown of it alone', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.update((state) => addContender(state, { ...state.contenders[0], letter: 'C', run: undefined }))
    store.update(() => ({ view: { ...store.getState().view, pinnedStep: 4 } }))
    store.receive(started('2', 'C'))
    const losses = (...loss: number[]) => ({
      firstStep: 1,
      loss: Float32Array.from(loss),
      accuracy: new Float32Array(1),
    })
    store.receive(frame('1', { step: 1, losses: losses(0.5) }))
    store.receive(frame('2', { step: 1, losses: losses(0.25) }))
    nextFrame()
    const lossOf = (letter: Letter) => findContender(store.getState(), letter)?.run?.history.training.loss[0]
    expect([lossOf('A'), lossOf('C')]).toEqual([0.5, 0.25])
    expect(store.getState().view.pinnedStep).toBe(4)
  })

  test('the run that says where the race stands is the furthest that did not break off', () => {
    const { store, nextFrame } = openStore()
    store.receive(started('1'))
    store.update((state) => addContender(state, { ...state.contenders[0], letter: 'B', run: undefined }))
    store.receive(started('2', 'B'))
    store.receive(frame('1', { step: 5 }))
    store.receive(frame('2', { step: 9 }))
    nextFrame()
    expect(leadingRun(store.getState())?.id).toBe('2')
    store.receive(frame('1', { step: 9 }))
    nextFrame()
    expect(leadingRun(store.getState())?.id).toBe('1')
    const fault = { step: 10, where: 'hidden 1' }
    store.receive({ kind: 'stopped', run: '1', step: 9, reason: { kind: 'non-finite', fault } })
    nextFrame()
    expect(leadingRun(store.getState())?.id).toBe('2')
  })
})
