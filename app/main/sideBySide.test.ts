import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setWidth } from '../experiment/edits'
import { layerWidth } from '../experiment/layerNames'
import { activeDraft } from '../runs/contenders'
import { openPage, SPEC } from './pageTesting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('runs side by side', () => {
  const letters = (page: ReturnType<typeof openPage>) => page.store.getState().contenders.map(({ letter }) => letter)

  test('a fork joins the race under the next letter, becomes the one that is edited, and leaves the other alone', () => {
    const page = openPage()
    page.commands.fork()
    vi.runAllTimers()
    expect(letters(page)).toEqual(['A', 'B'])
    expect(page.store.getState()).toMatchObject({ active: 'B', baseline: 'A' })
    expect(page.sent).toMatchObject([{ kind: 'start', letter: 'B', race: 1, spec: SPEC }])
  })

  test('a fork of a past step takes the weights over, where the layers are the same', () => {
    const page = openPage()
    page.commands.fork({ atStep: 40 })
    page.commands.activate('A')
    page.commands.fork({ atStep: 40, spec: setWidth(SPEC, 0, 9) })
    vi.runAllTimers()
    expect(page.sent).toMatchObject([
      { kind: 'start', letter: 'B', from: { run: '1', step: 40 } },
      { kind: 'start', letter: 'C' },
    ])
    expect(page.sent[1]).not.toHaveProperty('from')
    expect(page.store.getState().contenders.map(({ origin }) => origin)).toEqual([
      undefined,
      { letter: 'A', step: 40, keepsWeights: true },
      { letter: 'A', step: 40, keepsWeights: false },
    ])
    page.commands.reset()
    expect(page.sent.every((request) => !('from' in request) || request === page.sent[0])).toBe(true)
  })

  test('a fork of what cannot be run is one of what runs', () => {
    const page = openPage()
    page.commands.edit(setWidth(SPEC, 0, 0))
    page.commands.fork()
    vi.runAllTimers()
    expect(page.starts()).toEqual([SPEC])
  })

  test('another width for the baseline starts beside it; of any other run it is an edit', () => {
    const page = openPage()
    page.commands.setWidth(0, 16)
    vi.runAllTimers()
    expect(letters(page)).toEqual(['A', 'B'])
    expect(page.starts().map(({ layers }) => layerWidth(layers[0]!))).toEqual([16])
    page.commands.setWidth(0, 24)
    vi.runAllTimers()
    expect(letters(page)).toEqual(['A', 'B'])
    expect(page.sent.at(-1)).toMatchObject({ kind: 'start', letter: 'B', race: 1 })
    expect(page.store.getState().contenders[0].draft.spec).toEqual(SPEC)
  })

  test('a race that is put up takes the place of all others, starts anew as one, and can be undone', () => {
    const page = openPage()
    for (let more = 0; more < 2; more++) page.commands.fork()
    vi.runAllTimers()
    page.sent.length = 0
    const narrow = { ...setWidth(SPEC, 1, 8), seed: 12 }
    page.commands.putSideBySide([narrow, setWidth(SPEC, 1, 48)])
    vi.runAllTimers()
    expect(page.store.getState()).toMatchObject({ active: 'A', baseline: 'A' })
    expect(page.sent).toMatchObject([
      { kind: 'remove', letter: 'C' },
      { kind: 'start', letter: 'A', spec: narrow },
      // What it has in common with the first, it takes over.
      { kind: 'start', letter: 'B', spec: { ...setWidth(SPEC, 1, 48), seed: 12 } },
    ])
    const races = page.sent.flatMap((request) => (request.kind === 'start' ? request.race : []))
    expect(races).toEqual([2, 2])
    page.commands.undo()
    vi.runAllTimers()
    expect(page.store.getState().contenders.map(({ draft }) => draft.spec)).toEqual([SPEC, SPEC, SPEC])
    expect(page.store.getState().active).toBe('C')
  })

  test('a single experiment that is put up stands alone', () => {
    const page = openPage()
    page.commands.fork()
    page.commands.putSideBySide([setWidth(SPEC, 1, 8)])
    vi.runAllTimers()
    expect(letters(page)).toEqual(['A'])
    expect(page.starts().at(-1)).toEqual(setWidth(SPEC, 1, 8))
  })

  test('with all letters taken the width of the baseline is edited', () => {
    const page = openPage()
    for (let more = 0; more < 5; more++) page.commands.fork()
    expect(letters(page)).toEqual(['A', 'B', 'C', 'D'])
    page.commands.activate('A')
    page.commands.setWidth(0, 16)
    expect(page.store.getState().contenders[0].draft.spec.layers[0]).toMatchObject({ units: 16 })
  })

  test('an edit of one run restarts it alone; another seed, plan or cadence restarts all, in another race', () => {
    const page = openPage()
    page.commands.fork()
    vi.runAllTimers()
    page.sent.length = 0
    page.commands.edit(setWidth(SPEC, 0, 44))
    vi.runAllTimers()
    expect(page.sent).toMatchObject([{ kind: 'start', letter: 'B', race: 1 }])
    page.sent.length = 0
    page.commands.edit({ ...setWidth(SPEC, 0, 44), seed: 8 })
    vi.runAllTimers()
    expect(page.sent).toMatchObject([
      { kind: 'start', letter: 'B', race: 2, spec: { seed: 8 } },
      { kind: 'start', letter: 'A', race: 2, spec: { ...SPEC, seed: 8 } },
    ])
    expect(page.store.getState().contenders[0].draft.spec).toEqual({ ...SPEC, seed: 8 })
  })

  test('starting over starts every run, in another race', () => {
    const page = openPage()
    page.commands.setWidth(0, 16)
    vi.runAllTimers()
    page.sent.length = 0
    page.commands.reset()
    expect(page.sent).toMatchObject([
      { kind: 'start', letter: 'B', race: 2, spec: setWidth(SPEC, 0, 16) },
      { kind: 'start', letter: 'A', race: 2, spec: SPEC },
    ])
  })

  test('experiments that a link has side by side start beside the first, which stays active; undo has nothing to take back', () => {
    const page = openPage()
    page.commands.openBeside([setWidth(SPEC, 0, 9), setWidth(SPEC, 0, 7)])
    vi.runAllTimers()
    expect(page.sent.map((request) => request.kind === 'start' && request.letter)).toEqual(['B', 'C'])
    expect(page.store.getState()).toMatchObject({ active: 'A', history: { canUndo: false } })
  })

  test('a run that is removed ends, and what it was passes to the first of the others; the last one stays', () => {
    const page = openPage()
    page.commands.fork()
    page.commands.pin('B')
    vi.runAllTimers()
    page.sent.length = 0
    page.commands.remove('B')
    expect(page.sent).toEqual([{ kind: 'remove', letter: 'B' }])
    expect(page.store.getState()).toMatchObject({ active: 'A', baseline: 'A' })
    page.commands.remove('A')
    expect(letters(page)).toEqual(['A'])
  })

  test('pinning what is the baseline already is nothing to undo', () => {
    const page = openPage()
    page.commands.pin('A')
    page.commands.pin('C')
    expect(page.store.getState()).toMatchObject({ baseline: 'A', history: { canUndo: false } })
  })

  test('a run that is removed before it started does not start', () => {
    const page = openPage()
    page.commands.fork()
    page.commands.remove('B')
    vi.runAllTimers()
    expect(page.starts()).toEqual([])
  })

  test('a letter that became free is given again, and the runs stay in the order of their letters', () => {
    const page = openPage()
    page.commands.fork()
    page.commands.fork()
    page.commands.remove('B')
    page.commands.activate('C')
    page.commands.fork({ spec: setWidth(SPEC, 0, 9) })
    expect(letters(page)).toEqual(['A', 'B', 'C'])
    expect(activeDraft(page.store.getState()).spec.layers[0]).toMatchObject({ units: 9 })
  })
})

describe('undo', () => {
  test('takes edits back one by one, runs added, removed and pinned included, and makes them again', () => {
    const page = openPage()
    const { commands, store } = page
    const picture = () => {
      const { contenders, active, baseline } = store.getState()
      return JSON.stringify([contenders.map(({ letter, draft }) => [letter, draft.spec]), active, baseline])
    }
    const edits = [
      () => commands.edit(setWidth(SPEC, 0, 44)),
      () => commands.edit(setWidth(activeDraft(store.getState()).spec, 1, 0)),
      () => commands.edit(setWidth(activeDraft(store.getState()).spec, 1, 12)),
      () => commands.change({ learningRate: 0.01 }),
      () => commands.fork(),
      () => commands.setWidth(0, 20),
      () => commands.pin('B'),
      () => commands.edit({ ...activeDraft(store.getState()).spec, seed: 9 }),
      () => commands.remove('A'),
    ]
    const pictures = [picture()]
    for (const edit of edits) {
      edit()
      vi.runAllTimers()
      pictures.push(picture())
      vi.advanceTimersByTime(2_000)
    }
    expect(new Set(pictures).size).toBe(edits.length + 1)
    for (const before of pictures.slice(0, -1).toReversed()) {
      commands.undo()
      vi.runAllTimers()
      expect(picture()).toBe(before)
    }
    expect(store.getState().history).toEqual({ canUndo: false, canRedo: true })
    for (const after of pictures.slice(1)) {
      commands.redo()
      vi.runAllTimers()
      expect(picture()).toBe(after)
    }
    expect(store.getState().history).toEqual({ canUndo: true, canRedo: false })
  })

  test('what an undo leaves as it was goes on running', () => {
    const { commands, sent } = openPage()
    commands.setWidth(0, 16)
    vi.runAllTimers()
    sent.length = 0
    commands.undo()
    vi.runAllTimers()
    expect(sent).toEqual([{ kind: 'remove', letter: 'B' }])
  })

  test('a learning rate taken back changes the run that is going on', () => {
    const { commands, sent } = openPage()
    commands.change({ learningRate: 0.01 })
    commands.undo()
    vi.runAllTimers()
    expect(sent.at(-1)).toMatchObject({
      kind: 'change',
      settings: { learningRate: SPEC.optimizer.learningRate },
    })
  })
})
