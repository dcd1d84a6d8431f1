import { describe, expect, it } from 'vitest'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentDocument } from '../experiment/spec'
import {
  areAbreast,
  batchSource,
  compareLayers,
  differingSettings,
  networkSize,
  newestCommonStep,
  resultsAt,
  runsShareBatches,
  shareBatches,
} from './comparison'
import { testRun } from './runTesting'

const base: ExperimentDocument = { data: { kind: 'digits' }, layers: [{ units: 80 }, { units: 40 }, {}] }

function rows(...documents: ExperimentDocument[]): Record<string, readonly unknown[]> {
  const specs = documents.map((document) => parseSpecOrThrow({ ...base, ...document }))
  return Object.fromEntries(differingSettings(specs).map(({ name, values }) => [name, values]))
}

describe('settings that differ', () => {
  it('are named in plain words, in the order of the experiment', () => {
    const found = rows(
      {},
      {
        layers: [{ units: 80 }, { units: 16, activation: 'tanh' }, {}],
        initialisation: 'he',
        optimizer: { learningRate: 0.01 },
        training: { batchSize: 32, clipNorm: 1 },
      },
    )
    expect(found).toEqual({
      'hidden 2 width': [40, 16],
      'hidden 2 activation': ['ReLU', 'Tanh'],
      'starting weights': ['PyTorch', 'He'],
      'learning rate': [0.001, 0.01],
      'batch size': [64, 32],
      'clip gradients at': ['none', 1],
    })
    expect(Object.keys(found)[0]).toBe('hidden 2 width')
  })

  it('are none between equal experiments, whatever they are called and however k is counted', () => {
    expect(rows({ name: 'one' }, { name: 'another', monitor: { threshold: 0.9, convention: 'delve' } })).toEqual({})
  })

  it('name those of every kind of layer, and a layer that only some have once', () => {
    const conv = (more: object) => ({ kind: 'conv', channels: 16, ...more })
    const block = (order: 'pre' | 'post') => ({ kind: 'residual', order, layers: [{ kind: 'conv' }] })
    const network = (...layers: object[]) => ({ layers: [...layers, {}] }) as ExperimentDocument
    expect(
      rows(
        network(conv({ kernel: 5 }), block('post'), { kind: 'maxPool' }),
        network(conv({ groups: 'depthwise', normalisation: 'batch' }), block('pre'), { kind: 'globalAveragePool' }),
      ),
    ).toEqual({
      'conv 1 kernel': [5, 3],
      'conv 1 groups': [1, 'depthwise'],
      'conv 1 normalisation': ['None', 'Batch norm'],
      'block 1 order': ['After the sum', 'Before each layer'],
      'max pool 1 window': [2, undefined],
      'global pool 1 kind': [undefined, 'Global average pooling'],
    })
  })

  it('match layers by position and the output with the output', () => {
    expect(rows({}, { layers: [{ units: 80 }, {}] })).toEqual({ 'hidden 2 width': [40, undefined] })
    expect(rows({}, { layers: [{ units: 80 }, { units: 40 }, { units: 20 }, {}] })).toEqual({
      'hidden 3 width': [undefined, 20],
    })
  })

  it('leave numbers that only one kind has to the name of the kind', () => {
    expect(rows({}, { optimizer: { kind: 'sgd', learningRate: 0.001 } })).toEqual({ optimizer: ['Adam', 'SGD'] })
    expect(Object.keys(rows({}, { data: { kind: 'subspace', classes: 10, noise: 0.2 } }))).toContain('data')
  })

  it('hold a share that is held out against a number of samples', () => {
    const [share, last] = [0.2, { last: 1000 }]
    const csv = (heldOut: number | { last: number }): ExperimentDocument => ({ data: { kind: 'idx', heldOut } })
    expect(rows(csv(share), csv(last))['held out']).toEqual([0.2, 'the last 1000'])
  })

  it('name the random draw of a layer only where nothing else differs', () => {
    const ids = (first: number) => ({ layers: [{ units: 80, id: first }, { units: 40, id: 2 }, { id: 3 }] })
    expect(rows(ids(1), ids(9))).toEqual({ 'hidden 1 random draw': [1, 9] })
    expect(rows(ids(1), { ...ids(9), seed: 8 })).toEqual({ seed: [7, 8] })
  })

  it('are those of any of up to four runs', () => {
    const widths = [80, 80, 12, 40].map((units) => ({ layers: [{ units }, { units: 40 }, {}] }))
    expect(rows(...widths)).toEqual({ 'hidden 1 width': [80, 80, 12, 40] })
  })
})

describe('batches', () => {
  it('are shared by runs with equal data and batch size, whatever their networks', () => {
    const one = testRun()
    expect(runsShareBatches(one, testRun({ document: { layers: [{ units: 3 }, {}], initialisation: 'he' } }))).toBe(
      true,
    )
    expect(runsShareBatches(one, testRun({ document: { training: { batchSize: 16, steps: 1000 } } }))).toBe(false)
    expect(runsShareBatches(one, testRun({ document: { data: { kind: 'moons', noise: 0.3 } } }))).toBe(false)
  })

  it('are others where other files were read under the same settings', () => {
    expect(runsShareBatches(testRun(), testRun({ trainingCount: 801 }))).toBe(false)
  })
})

describe('the batches of a contender', () => {
  const run = testRun()
  const batch16 = parseSpecOrThrow({ ...run.spec, training: { ...run.spec.training, batchSize: 16 } })
  const draft = (spec: typeof run.spec) => ({ spec, faults: [], asked: undefined, refusal: undefined })
  const running = batchSource({ run, draft: draft(run.spec) })

  it('are other ones where it read other files under the same settings', () => {
    const other = batchSource({ run: testRun({ trainingCount: 801 }), draft: draft(run.spec) })
    expect(shareBatches(running, other)).toBe(false)
  })

  it('are those of its settings before it has started', () => {
    expect(shareBatches(batchSource({ run: undefined, draft: draft(run.spec) }), running)).toBe(true)
    expect(shareBatches(batchSource({ run: undefined, draft: draft(batch16) }), running)).toBe(false)
  })

  it('are those it runs on while its draft is refused', () => {
    expect(shareBatches(batchSource({ run, draft: draft(batch16) }), running)).toBe(true)
  })
})

describe('the newest step that runs were all measured at', () => {
  const measuredAt = (...steps: number[]) => testRun({ heldOut: steps.map((step) => [step, 0.5, 0.7] as const) })

  it('is the last before the one that only some have reported', () => {
    expect(newestCommonStep([measuredAt(0, 20, 40, 60), measuredAt(0, 20, 40)])).toBe(40)
    expect(newestCommonStep([measuredAt(0, 40), measuredAt(0, 20, 40), measuredAt(0, 20, 40, 60)])).toBe(40)
  })

  it('is none where they were measured at other steps, or not at all', () => {
    expect(newestCommonStep([measuredAt(10, 30), measuredAt(20, 40)])).toBeUndefined()
    expect(newestCommonStep([measuredAt(10, 30), measuredAt()])).toBeUndefined()
    expect(newestCommonStep([])).toBeUndefined()
  })
})

describe('the size of a network', () => {
  it('is that of the spec on the data that were read', () => {
    // 2 → 16 → 8 → 2, each with biases.
    expect(networkSize(testRun())).toEqual({ parameters: 48 + 136 + 18, flops: 2 * (32 + 128 + 16) })
  })
})

describe('results', () => {
  const run = testRun({
    step: 100,
    heldOut: [
      [0, 0.5, 0.7],
      [40, 0.9, 0.2],
      [80, 0.8, 0.3],
    ],
    losses: Array.from({ length: 100 }, (_, index) => (index < 50 ? 1 : 0.25)),
  })

  it('are the newest and the best so far', () => {
    expect(resultsAt(run, undefined)).toEqual({
      heldOutAccuracy: 0.8,
      bestAccuracy: 0.9,
      heldOutLoss: 0.3,
      bestLoss: 0.2,
      trainingLoss: 0.25,
    })
  })

  it('are those of an earlier step when that is looked at', () => {
    expect(resultsAt(run, 39)).toMatchObject({ heldOutAccuracy: 0.5, bestAccuracy: 0.5, bestLoss: 0.7 })
    expect(resultsAt(run, 75).trainingLoss).toBeCloseTo((25 * 1 + 25 * 0.25) / 50, 6)
  })

  it('are none at a step the run has not reached', () => {
    expect(Object.values(resultsAt(run, 101)).every(Number.isNaN)).toBe(true)
  })

  it('pass over what is not finite', () => {
    const broken = testRun({
      heldOut: [
        [0, 0.5, 0.7],
        [10, Number.NaN, Infinity],
      ],
      losses: [2, Number.NaN],
    })
    expect(resultsAt(broken, undefined)).toMatchObject({ heldOutAccuracy: 0.5, heldOutLoss: 0.7, trainingLoss: 2 })
  })
})

describe('runs abreast', () => {
  it('are at the same point of their training, give or take what a frame carries', () => {
    expect(areAbreast(testRun({ step: 500 }), testRun({ step: 480 }))).toBe(true)
    expect(areAbreast(testRun({ step: 500 }), testRun({ step: 100 }))).toBe(false)
  })
})

describe('saturation by layer', () => {
  const options = { threshold: 0.99, convention: 'paper' } as const
  const heldOut = [[0, 0.5, 0.7]] as const
  const wide = testRun({ heldOut, directions: [8, 4, 2] })
  const deep = testRun({
    document: { layers: [{ units: 16 }, { units: 8 }, { units: 8 }, {}] },
    heldOut,
    directions: [4, 2, 1, 1],
  })

  it('has a row for every layer of any run, the output last', () => {
    const compared = compareLayers([wide, deep], undefined, options)
    expect(compared.map(({ name }) => name)).toEqual(['hidden 1', 'hidden 2', 'hidden 3', 'output'])
    expect(compared.map(({ values }) => values.map((spectrum) => spectrum?.saturation))).toEqual([
      [0.5, 0.25],
      [0.5, 0.25],
      [undefined, 0.125],
      [1, 0.5],
    ])
  })

  it('is unmeasured at steps a run has not reached', () => {
    expect(compareLayers([wide], 101, options)[0]?.values).toEqual([undefined])
  })
})
