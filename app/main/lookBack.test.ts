import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StartedRun } from '../worker/protocol'
import { sendInspections, sendLooks } from './lookBack'
import { openPage, SPEC, startedRun } from './pageTesting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const samples = { positions: new Float32Array(), targets: new Float32Array() }
const PLANE = { extent: 1, training: samples, heldOut: samples } as NonNullable<StartedRun['plane']>

function openLooks(started: StartedRun) {
  const page = openPage()
  sendLooks(page.store, { send: (request) => page.sent.push(request) })
  page.store.receive({ kind: 'started', run: '1', letter: 'A', started })
  const looks = () => page.sent.flatMap((request) => (request.kind === 'lookBack' ? [request.step] : []))
  return { ...page, looks }
}

test('the surface follows the pointer over the steps, as often as can be seen, and then the present again', () => {
  const { commands, looks } = openLooks({ ...startedRun(SPEC), plane: PLANE })
  for (let step = 1; step <= 50; step++) commands.setView({ hoverStep: step })
  expect(looks()).toEqual([1])
  vi.advanceTimersByTime(100)
  expect(looks()).toEqual([1, 50])
  vi.advanceTimersByTime(1_000)
  commands.setView({ hoverStep: undefined, pinnedStep: 30 })
  expect(looks()).toEqual([1, 50, 30])
  vi.advanceTimersByTime(1_000)
  commands.setView({ pinnedStep: undefined })
  expect(looks()).toEqual([1, 50, 30, undefined])
})

test('without a surface the worker need not know where one looks', () => {
  const { commands, looks } = openLooks(startedRun(SPEC))
  commands.setView({ pinnedStep: 30 })
  vi.runAllTimers()
  expect(looks()).toEqual([])
})

test('a sample is asked for while somebody watches, at the step of the charts, and anew with another run', () => {
  const { commands, store, sent } = openPage()
  sendInspections(store, { send: (request) => sent.push(request) })
  const sample = { kind: 'heldOut', index: 7 } as const
  commands.inspect(sample)
  vi.runAllTimers()
  expect(sent).toEqual([])
  commands.watchInspection({ isWatched: true })
  const asked = { kind: 'inspect', run: '1', sample, filtersOf: undefined, step: undefined }
  expect(sent).toEqual([asked])
  vi.runAllTimers()
  // Frames, and what else the page does, ask for nothing.
  commands.setView({ logLoss: true })
  vi.runAllTimers()
  expect(sent).toHaveLength(1)
  // As often as can be seen, the newest.
  for (let index = 0; index < 50; index++) commands.inspect({ kind: 'heldOut', index })
  vi.advanceTimersByTime(100)
  expect(sent.slice(1)).toMatchObject([{ sample: { index: 0 } }, { sample: { index: 49 } }])
  vi.runAllTimers()
  commands.watchInspection({ filtersOf: 'hidden 1' })
  vi.runAllTimers()
  commands.setView({ pinnedStep: 30 })
  vi.runAllTimers()
  store.receive({ kind: 'started', run: '2', letter: 'A', started: startedRun(SPEC) })
  vi.runAllTimers()
  commands.watchInspection({ isWatched: false })
  expect(sent.slice(3)).toMatchObject([
    { filtersOf: 'hidden 1', step: undefined },
    { run: '1', step: 30 },
    { run: '2', step: undefined },
    { kind: 'endInspection' },
  ])
})
