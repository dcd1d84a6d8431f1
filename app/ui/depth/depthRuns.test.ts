import { describe, expect, test } from 'vitest'
import { describeArchitecture } from '../../experiment/architecture'
import type { ExperimentDocument } from '../../experiment/spec'
import { endProbes } from '../../runs/probes'
import { testRun } from '../../runs/runTesting'
import type { Letter } from '../../runs/state'
import type { LetteredRun } from '../compare/useRuns'
import { describeDepth, type Depth } from './depthRuns'
import { unproductiveRange } from './depthScales'
import { depthTable, describeLayer, describeSteps, summariseDepth } from './depthText'

const conv = { kind: 'conv', channels: 4, kernel: 5 } as const
const shape = { height: 12, width: 12, channels: 1 }
/** Fields of 5, 9, 13 and 17 pixels: the fourth layer reads one that is larger than the image of 12. */
const DEEP = [conv, conv, conv, conv, { kind: 'globalAveragePool' }, {}] as const
const SHALLOW = [conv, conv, { kind: 'globalAveragePool' }, {}] as const

interface Probed {
  readonly step: number
  readonly accuracy: readonly (number | undefined)[]
}

/** One direction in use of every layer, at steps 0 and 100. */
function runOf(letter: Letter, layers: ExperimentDocument['layers'], ...probed: readonly Probed[]): LetteredRun {
  const document = { data: { kind: 'idx' }, ...(layers && { layers }) } as const
  const heldOut = [
    [0, 0.5, 0.7],
    [100, 0.9, 0.2],
  ] as const
  const run = testRun({ document, heldOut, directions: Array.from({ length: 5 }, () => 1) })
  const probes = probed.reduce(
    (before, { step, accuracy }) =>
      endProbes(before, {
        kind: 'measured',
        probes: { step, accuracy, chance: 0.1, trainingSamples: 100, heldOutSamples: 50 },
      }),
    run.probes,
  )
  const data = { ...run.started.data, shape, features: 144 }
  const outputs = describeArchitecture(run.spec, data).measured
  return { letter, run: { ...run, probes, started: { ...run.started, data, outputs } } }
}

function depthOf(runs: readonly LetteredRun[], active: Letter = 'A', step?: number): Depth {
  return describeDepth(runs, active, { step, reading: { threshold: 0.99, convention: 'paper' } })!
}

const deep = runOf(
  'A',
  DEEP,
  { step: 20, accuracy: [0.3, 0.3, 0.3, 0.3, 0.3] },
  { step: 90, accuracy: [0.5, 0.7, 0.8, 0.804, undefined] },
)
const shallow = runOf('B', SHALLOW, { step: 95, accuracy: [0.4, 0.6, 0.7] })

describe('one run over depth', () => {
  const depth = depthOf([deep])

  test('is told in words and as a table, at the steps it was measured', () => {
    expect(describeSteps(depth)).toBe('saturation at step 100 · probes at step 90')
    expect(describeLayer(depth, 0)).toBe('conv 1: 1 of 4 · 25\u202f%, probe 50.0\u202f%, sees 5×5')
    expect(summariseDepth(depth)).toContain(
      'conv 4: 1 of 4 · 25\u202f%, probe 80.4\u202f%, sees 17×17, predicted unproductive from here.',
    )
    const table = depthTable(depth)
    expect(table.columns[2]).toBe('probe accuracy at step 90')
    expect(table.rows[0]).toEqual(['conv 1', '1 of 4 · 25\u202f%', '50.0\u202f%', '5×5', '–'])
    expect(table.rows[4]).toEqual(['output', expect.anything(), '–', 'everything', '–'])
  })

  test('says so where what is predicted begins with a layer that is not measured', () => {
    const { letter, run } = deep
    const outputs = run.started.outputs.filter(({ name }) => name !== 'conv 3')
    const wider = { ...run.started.data, shape: { height: 8, width: 8, channels: 1 } }
    const partly = depthOf([{ letter, run: { ...run, started: { ...run.started, outputs, data: wider } } }])
    expect(describeLayer(partly, 2)).toMatch(/, predicted unproductive from conv 3 on, which is not measured$/)
  })

  test('at a past step has the column and the probes of then, and says where there were none', () => {
    const past = depthOf([deep], 'A', 60)
    expect(describeSteps(past)).toBe('saturation at step 0 · probes at step 20')
    expect(past.active.rows.map((row) => row?.accuracy)).toEqual([0.3, 0.3, 0.3, 0.3, 0.3])
    expect([depth, past].map(({ active }) => active.earlier.map(({ step }) => step))).toEqual([[20], []])
    expect(describeSteps(depthOf([deep], 'A', 19))).toBe('saturation at step 0 · probes none so early')
    expect(describeSteps(depthOf([runOf('A', DEEP)]))).toBe('saturation at step 100')
  })

  test('of points has no receptive fields', () => {
    const { letter, run } = runOf('A', [{ units: 9 }, {}])
    const data = { ...run.started.data, shape: { height: 1, width: 1, channels: 144 } }
    const flat = depthOf([{ letter, run: { ...run, started: { ...run.started, data } } }])
    expect(depthTable(flat).columns).toEqual(['layer', 'directions used', 'probe accuracy'])
  })

  test('is nothing before it has started', () => {
    const none = describeDepth([], 'A', { step: undefined, reading: { threshold: 0.99, convention: 'paper' } })
    expect([describeSteps(none), summariseDepth(none)]).toEqual(['Nothing measured yet.', 'Nothing measured yet.'])
  })
})

describe('several runs over depth', () => {
  const depth = depthOf([deep, shallow], 'B')

  test('have the same layer in the same place, whichever is looked at closely', () => {
    expect(depth.names).toEqual(['conv 1', 'conv 2', 'conv 3', 'conv 4', 'output'])
    expect(depth.active.letter).toBe('B')
    expect(depth.active.rows.map((row) => row?.accuracy)).toEqual([0.4, 0.6, undefined, undefined, 0.7])
    expect(depth.others.map(({ letter }) => letter)).toEqual(['A'])
    expect(unproductiveRange(depth.active.rows)).toBeUndefined()
    expect(unproductiveRange(depthOf([deep, shallow]).active.rows)).toEqual([3, 3])
  })

  test('are told by their letters', () => {
    expect(describeSteps(depth)).toBe('saturation at step 100 · probes: A at step 90, B at step 95')
    expect(describeSteps(depthOf([deep, shallow], 'B', 92))).toBe(
      'saturation at step 0 · probes: A at step 90, B none so early',
    )
    expect(describeLayer(depth, 1)).toBe(
      'conv 2: A 1 of 4 · 25\u202f%, probe 70.0\u202f%, sees 9×9 · B 1 of 4 · 25\u202f%, probe 60.0\u202f%, sees 9×9',
    )
    expect(describeLayer(depth, 3)).toMatch(/^conv 4: A [^B]+$/)
    const table = depthTable(depth)
    expect(table.rows.map(([name]) => name)).toEqual([
      'A conv 1',
      'A conv 2',
      'A conv 3',
      'A conv 4',
      'A output',
      'B conv 1',
      'B conv 2',
      'B output',
    ])
    expect(summariseDepth(depth)).toMatch(/^Run A: conv 1: .* Run B: conv 1: /)
  })
})
