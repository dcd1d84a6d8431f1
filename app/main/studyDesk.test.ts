import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setWidth } from '../experiment/edits'
import { layerNames, layerWidth } from '../experiment/layerNames'
import { parseSpecOrThrow } from '../experiment/schema'
import { slimPlanOf } from '../runs/slimStudy'
import type { TrialOutcome } from '../worker/protocol'
import { openPage, SPEC, startedRun } from './pageTesting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const OUTCOME: TrialOutcome = {
  ok: true,
  result: { loss: 0.25, heldOut: { loss: 0.5, accuracy: 0.75 }, spectra: [], outputs: [], millisPerStep: 1 },
}

function openStudies() {
  const page = openPage()
  const trials = () => page.sent.flatMap((request) => (request.kind === 'tryOut' ? request : []))
  const study = () => page.store.getState().studies[0]!
  const end = (trial: string) => page.commands.receive({ kind: 'trialEnded', trial, outcome: OUTCOME })
  return { ...page, trials, study, end }
}

test('repeating trains every run side by side from consecutive seeds, seed by seed', () => {
  const { commands, trials, study } = openStudies()
  commands.repeatSeeds(3)
  expect(trials().map(({ spec }) => spec)).toEqual([0, 1, 2].map((more) => ({ ...SPEC, seed: SPEC.seed + more })))
  expect(study()).toMatchObject({ question: { kind: 'seeds' }, state: 'running', groups: [{ name: 'A', letter: 'A' }] })
})

test('a change is tested live beside the run and from several seeds in the background', () => {
  const { commands, trials, study, sent, store } = openStudies()
  const spec = setWidth(SPEC, 2, 16)
  commands.testChange({ label: 'hidden 3 with 16 units', spec })
  vi.runAllTimers()
  expect(sent.filter(({ kind }) => kind === 'start')).toMatchObject([{ letter: 'B', spec }])
  expect(store.getState().active).toBe('B')
  expect(study().groups.map(({ name, letter }) => [name, letter])).toEqual([
    ['A', 'A'],
    ['hidden 3 with 16 units', 'B'],
  ])
  expect(trials().map((trial) => [trial.spec.seed - SPEC.seed, layerWidth(trial.spec.layers[2]!)])).toEqual([
    [0, 80],
    [0, 16],
    [1, 80],
    [1, 16],
    [2, 80],
    [2, 16],
  ])
})

test('outcomes are gathered as they come, and the study is done with the last', () => {
  const { commands, trials, study, end } = openStudies()
  commands.repeatSeeds(2)
  const [first, second] = trials()
  commands.receive({ kind: 'trialProgress', trial: first!.trial, step: 7 })
  expect(study().groups[0]!.trials.map(({ step }) => step)).toEqual([7, 0])
  end(first!.trial)
  expect(study().state).toBe('running')
  commands.receive({ kind: 'trialEnded', trial: second!.trial, outcome: { ok: false, message: 'It broke.' } })
  expect(study().state).toBe('done')
  expect(study().groups[0]!.trials.map(({ outcome }) => outcome?.ok)).toEqual([true, false])
})

test('cancelling drops what is under way and keeps what has ended', () => {
  const { commands, trials, study, end, sent } = openStudies()
  commands.repeatSeeds(3)
  const [first, ...others] = trials()
  end(first!.trial)
  commands.cancelStudy(study().id)
  expect(sent.filter(({ kind }) => kind === 'cancelTrial')).toEqual(
    others.map(({ trial }) => ({ kind: 'cancelTrial', trial })),
  )
  end(others[0]!.trial)
  expect(study().state).toBe('cancelled')
  expect(study().groups[0]!.trials.map(({ outcome }) => outcome !== undefined)).toEqual([true, false, false])
})

test('a study that is put away is gone', () => {
  const { commands, store, study, sent } = openStudies()
  commands.repeatSeeds(1)
  commands.dismissStudy(study().id)
  expect(store.getState().studies).toEqual([])
  expect(sent.at(-1)).toMatchObject({ kind: 'cancelTrial' })
})

test('slimming down tries ever smaller networks from the same seeds until the accuracy would fall', async () => {
  const { commands, trials, study, store } = openStudies()
  commands.slimDown(0.005)
  const answered = new Set<string>()
  // A network that needs 20 units in each layer, and uses 10 directions of each.
  for (let next = trials()[0]; next; next = trials().find(({ trial }) => !answered.has(trial))) {
    answered.add(next.trial)
    const widths = next.spec.layers.map((layer) => layerWidth(layer) ?? 0)
    const hidden = widths.slice(0, -1)
    const accuracy = hidden.length >= 2 && hidden.every((units) => units >= 20) ? 0.9 : 0.5
    const names = layerNames(next.spec.layers)
    const outputs = widths.map((width, index) => ({ name: names[index]!, kind: 'dense' as const, width }))
    const spectra = outputs.map(({ width }) => ({
      eigenvalues: Float32Array.from({ length: width }, (_, index) => (index < 10 ? 1 : 0)),
      samples: 1000,
      state: 'ok' as const,
      solver: 'reference' as const,
      sweeps: 0,
      offDiagonalNorm: 0,
    }))
    const result = { loss: 0.1, heldOut: { loss: 0.3, accuracy }, spectra, outputs, millisPerStep: 1 }
    commands.receive({ kind: 'trialEnded', trial: next.trial, outcome: { ok: true, result } })
    await vi.dynamicImportSettled()
  }
  expect(study().state).toBe('done')
  const plan = slimPlanOf(study(), 0.005)
  if (plan?.kind !== 'done') throw new Error('the study ended before its plan')
  const left = plan.spec.layers.slice(0, -1).map((layer) => layerWidth(layer) ?? 0)
  expect(Math.min(...left)).toBeGreaterThanOrEqual(20)
  expect(Math.max(...left)).toBeLessThanOrEqual(32)
  expect(trials().every(({ spec }) => spec.seed < SPEC.seed + 3)).toBe(true)
  expect(store.getState().contenders).toHaveLength(1)
})

test('slimming down counts channels where the page takes feature maps whole', () => {
  const { commands, trials, study, store } = openStudies()
  const layers = [{ kind: 'conv', channels: 8 }, {}] as const
  const spec = parseSpecOrThrow({ ...SPEC, layers, monitor: { ...SPEC.monitor, sampling: 'flatten' } })
  store.receive({ kind: 'started', run: '2', letter: 'A', started: startedRun(spec) })
  commands.slimDown(0.005)
  expect(trials().map((trial) => trial.spec.monitor.sampling)).toEqual(['channelwise', 'channelwise', 'channelwise'])
  // What is left is looked at as before.
  expect(study().groups[0]!.spec.monitor.sampling).toBe('flatten')
  commands.repeatSeeds(1)
  expect(trials().at(-1)!.spec.monitor.sampling).toBe('flatten')
})
