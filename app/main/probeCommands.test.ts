import { describe, expect, test } from 'vitest'
import { activeRun } from '../runs/contenders'
import type { LinearProbes } from '../worker/protocol'
import { openPage } from './pageTesting'

const probesAt = (step: number): LinearProbes => ({
  step,
  accuracy: [0.5, 0.9],
  chance: 0.1,
  trainingSamples: 2_048,
  heldOutSamples: 1_200,
})

describe('linear probes', () => {
  test('of a run are asked for once, and kept with it, the newest eight', () => {
    const { store, commands, sent } = openPage()
    commands.measureProbes()
    commands.measureProbes()
    expect(sent).toEqual([{ kind: 'measureProbes', run: '1' }])
    const probes = () => activeRun(store.getState())!.probes
    expect(probes().underWay).toBe(0)
    store.receive({ kind: 'probesProgress', run: '1', fraction: 0.25 })
    expect(probes().underWay).toBe(0.25)
    for (let step = 1; step <= 10; step++) {
      store.receive({ kind: 'probesEnded', run: '1', outcome: { kind: 'measured', probes: probesAt(step) } })
    }
    expect(probes()).toMatchObject({ underWay: undefined, failure: undefined })
    expect(probes().measured.map(({ step }) => step)).toEqual([3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('that are cancelled or fail leave the earlier ones; the next attempt forgets the failure', () => {
    const { store, commands, sent } = openPage()
    const probes = () => activeRun(store.getState())!.probes
    store.receive({ kind: 'probesEnded', run: '1', outcome: { kind: 'measured', probes: probesAt(5) } })
    commands.measureProbes()
    commands.cancelProbes()
    expect(sent.at(-1)).toEqual({ kind: 'cancelProbes', run: '1' })
    store.receive({ kind: 'probesEnded', run: '1', outcome: { kind: 'cancelled' } })
    expect(probes()).toEqual({ underWay: undefined, measured: [probesAt(5)], failure: undefined })
    store.receive({ kind: 'probesEnded', run: '1', outcome: { kind: 'failed', message: 'no classes' } })
    expect(probes()).toEqual({ underWay: undefined, measured: [probesAt(5)], failure: 'no classes' })
    commands.measureProbes()
    expect(probes().failure).toBeUndefined()
  })

  test('belong to their run: one that starts anew has none', () => {
    const { store } = openPage()
    const { started } = activeRun(store.getState())!
    store.receive({ kind: 'probesEnded', run: '1', outcome: { kind: 'measured', probes: probesAt(5) } })
    store.receive({ kind: 'started', run: '2', letter: 'A', started })
    expect(activeRun(store.getState())!.probes.measured).toEqual([])
    store.receive({ kind: 'probesEnded', run: '1', outcome: { kind: 'measured', probes: probesAt(6) } })
    expect(activeRun(store.getState())!.probes.measured).toEqual([])
  })
})
