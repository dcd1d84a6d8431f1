import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendInspections } from './inspections'
import { openPage, SPEC, startedRun } from './pageTesting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

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
