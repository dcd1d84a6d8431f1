import { describe, expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { layerWidth } from '../experiment/layerNames'
import { parseSpec } from '../experiment/schema'
import { flatShape } from '../experiment/tensorShape'
import { findInsights } from './insights'
import type { RunEvidence } from './insights/evidence'
import { learning, syntheticRun, type SyntheticRun } from './testing/syntheticRun'

const digits = { kind: 'digits' } as const

function network(...widths: readonly number[]): ExperimentDocument {
  return { data: digits, layers: [...widths.map((units) => ({ units, activation: 'relu' as const })), {}] }
}

function shownBy(run: SyntheticRun): readonly string[] {
  return rulesOf(syntheticRun(run))
}

function rulesOf(evidence: RunEvidence): readonly string[] {
  return findInsights(evidence).map(({ rule, outputs }) => `${rule}(${outputs.join()})`)
}

const ten = [10, 10, 10, 10, 10]

describe('a run', () => {
  test('that is healthy, or has no columns yet, shows nothing', () => {
    const run = { document: network(128, 64) }
    expect(shownBy(run)).toEqual([])
    expect(findInsights({ ...syntheticRun(run), columns: [] })).toEqual([])
  })

  test('gives the same insights again, with evidence that lies within it', () => {
    const evidence = syntheticRun({ document: network(128, 32, 128, 128), directions: () => [64, 16, 8, 8, 9] })
    const found = findInsights(evidence)
    expect(findInsights(evidence)).toEqual(found)
    for (const mark of found.flatMap((insight) => insight.evidence)) {
      if (mark.kind === 'span') {
        expect(mark.from).toBeGreaterThan(0)
        expect(mark.to).toBe(1000)
        expect(mark.from).toBeLessThan(mark.to)
      } else expect(Number.isFinite(mark.value)).toBe(true)
    }
  })
})

describe('one cause has one insight', () => {
  test('a tail is not idle, too, and what died in it is not told', () => {
    const tail = {
      document: network(128, 32, 128, 128),
      directions: () => [64, 16, 8, 8, 9],
      deadUnits: () => [0, 0, 0, 100, 0],
    }
    expect(shownBy(tail)).toEqual(['tail(2,3)'])
  })

  test('a layer of dead units is not idle, too', () => {
    const run = { document: network(64, 128), directions: () => [32, 8, 9] }
    expect(shownBy(run)).toEqual(['idle(1)'])
    expect(shownBy({ ...run, deadUnits: () => [0, 70, 0] })).toEqual(['deadUnits(1)'])
  })

  test('layers behind a bottleneck that holds the network back are no tail', () => {
    const run = { document: network(64, 3, 64, 64), directions: () => [32, 3, 6, 6, 6] }
    expect(shownBy(run)).toEqual(['tail(2,3)'])
    expect(shownBy({ ...run, accuracy: () => 0.7 })).toEqual(['full(1)'])
  })

  test('of several bottlenecks the narrowest is named', () => {
    const run = { document: network(64, 6, 64, 3, 64), directions: () => [32, 6, 32, 3, 6, 6], accuracy: () => 0.7 }
    expect(shownBy(run)).toEqual(['full(3)'])
  })

  test('nothing but the cause is told of a network that cannot learn, and what doubts the measurement', () => {
    const run = { document: network(128, 32, 128, 128), directions: () => [64, 16, 8, 8, 9], samples: 500 }
    const jumping = (step: number): number => (step === 3 ? 50 : 2.4)
    expect(shownBy({ ...run, loss: jumping })).toEqual(['learningRateTooHigh()', 'fewSamples(0,2,3)'])
  })
})

describe('idle', () => {
  const wide = { document: network(32, 128), directions: () => [16, 12, 9] }

  test('is a layer that uses less than a tenth, and is offered twice what it uses', () => {
    const [insight] = findInsights(syntheticRun(wide))
    expect(insight).toMatchObject({
      rule: 'idle',
      sentence: 'Hidden 2 uses 12 of 128 directions: try a width of 24.',
      change: { label: 'hidden 2 with 24 units' },
    })
    expect(shownBy({ ...wide, directions: () => [16, 13, 9] })).toEqual([])
  })

  test('is no layer that uses most of what it gets', () => {
    expect(shownBy({ ...wide, document: network(20, 128) })).toEqual([])
    expect(shownBy({ document: network(64, 64), shape: flatShape(2), directions: () => [2, 8, 9] })).toEqual([])
  })

  test('is no layer of a network that has not learned anything yet', () => {
    expect(
      shownBy({ ...wide, loss: (step) => 2.3 - step / 5000, variance: (step) => [1 + step / 1000, 1, 1] }),
    ).toEqual([])
  })

  test('names the right layer where only some are measured', () => {
    const [insight] = findInsights(syntheticRun({ ...wide, measured: ['hidden 2', 'output'] }))
    expect(insight?.outputs).toEqual([0])
    expect(insight?.change?.spec.layers.map(layerWidth)).toEqual([32, 24, 10])
  })
})

describe('directions that are in doubt', () => {
  const wide: SyntheticRun = { document: network(32, 128), directions: () => [16, 6, 9] }
  const confidence = (run: SyntheticRun) =>
    findInsights(syntheticRun(run)).find(({ rule }) => rule === 'idle')?.confidence

  test('lower the confidence: few samples, or a δ the rules are not made for', () => {
    expect(confidence(wide)?.level).toBe('medium')
    expect(confidence({ ...wide, samples: 1_000 })).toMatchObject({
      level: 'low',
      reason: expect.stringContaining('few samples') as string,
    })
    expect(confidence({ ...wide, document: { ...wide.document, monitor: { threshold: 0.9 } } })).toMatchObject({
      level: 'low',
      reason: expect.stringContaining('δ = 90 %') as string,
    })
  })

  test('are counted as the paper does, whatever convention is on screen', () => {
    const delve = { ...wide, document: { ...wide.document, monitor: { convention: 'delve' as const } } }
    expect(findInsights(syntheticRun(delve))[0]?.sentence).toBe(findInsights(syntheticRun(wide))[0]?.sentence)
  })
})

describe('learning rate', () => {
  const document = network(32, 16)

  test('is too high where an update was refused, even before the first column', () => {
    const refused = { ...syntheticRun({ document }), columns: [], refusedStep: 3 }
    expect(findInsights(refused)).toMatchObject([
      { rule: 'learningRateTooHigh', confidence: { level: 'high' }, evidence: [{ kind: 'point', step: 3 }] },
    ])
  })

  test('is too high where the loss was low, rose again, and the first layer grew', () => {
    const run: SyntheticRun = {
      document,
      loss: (step) => (step < 400 ? learning(step) : 1.2),
      variance: (step) => [10 + step, 1, 1],
    }
    expect(shownBy(run)).toEqual(['learningRateTooHigh()'])
    expect(shownBy({ ...run, variance: () => [10, 1, 1] })).toEqual([])
  })

  test('is judged from its last change on', () => {
    const run: SyntheticRun = {
      document,
      loss: (step) => (step < 300 ? (step === 5 ? 90 : 2.4) : learning(step - 300)),
    }
    expect(shownBy({ ...run, loss: (step) => run.loss!(Math.min(step, 299)) })).toEqual(['learningRateTooHigh()'])
    expect(shownBy({ ...run, changes: [{ step: 300, path: 'learningRate', value: 0.001 }] })).toEqual([])
  })

  test('is too low where nothing has moved, but not in a warm-up, nor in a network that came trained', () => {
    const still: SyntheticRun = { document, loss: () => 2.3 }
    expect(shownBy(still)).toEqual(['learningRateTooLow()'])
    expect(shownBy({ ...still, document: { ...document, schedule: { kind: 'constant', warmup: 900 } } })).toEqual([])
    expect(shownBy({ ...still, loss: () => 0.05 })).toEqual([])
    const values = {
      task: { kind: 'regression', outputs: 1 },
      shape: flatShape(2),
      accuracy: () => Number.NaN,
    } as const
    const regression: SyntheticRun = {
      ...values,
      document: { data: { kind: 'hills' }, layers: [{ units: 32 }, {}] },
      directions: () => [2, 1],
      loss: () => 0.18,
    }
    expect(shownBy({ ...regression, variance: () => [1, 0.01] })).toEqual(['learningRateTooLow()'])
    expect(shownBy({ ...regression, variance: () => [1, 0.5] })).toEqual([])
    // A plateau, in which layers change although the loss does not.
    expect(shownBy({ ...still, variance: (step) => [1 + step / 1000, 1, 1] })).toEqual([])
  })
})

describe('dead', () => {
  const alive = [1, 1, 1, 1]

  test('is a layer without counted units when what follows it has no variance left', () => {
    const dies: SyntheticRun = {
      document: network(32, 32, 32),
      loss: () => 2.35,
      variance: (step) => (step < 200 ? alive : [2, 1, 0, 0]),
    }
    expect(shownBy(dies)).toEqual(['deadLayer(1)'])
    const document: ExperimentDocument = { ...dies.document, monitor: { output: 'post' } }
    expect(shownBy({ ...dies, document })).toEqual(['deadLayer(2)'])
  })

  test('units of other functions than ReLU are offered shorter steps', () => {
    const document: ExperimentDocument = {
      data: digits,
      layers: [{ units: 32, activation: 'tanh' }, {}],
      optimizer: { kind: 'adam', learningRate: 0.005 },
    }
    const [insight] = findInsights(syntheticRun({ document, deadUnits: () => [20, 0] }))
    expect(insight?.sentence).toBe(
      '20 of the 32 units of hidden 1 give the same for every sample: try learning rate 0.0005.',
    )
  })

  test('units that come and go around the limit do not flicker', () => {
    const dead = (step: number): readonly number[] => [step % 20 === 0 ? 14 : 10, 0]
    expect(shownBy({ document: network(32), deadUnits: dead })).toEqual([])
  })
})

describe('values instead of classes', () => {
  const regression: SyntheticRun = {
    document: { data: { kind: 'hills' }, layers: [{ units: 32 }, { units: 32 }, {}] },
    task: { kind: 'regression', outputs: 1 },
    shape: flatShape(2),
    accuracy: () => Number.NaN,
    directions: () => [2, 16, 1],
  }

  test('are memorised where the held-out loss leaves the training loss', () => {
    const parting = { ...regression, heldOutLoss: (step: number) => learning(step) + step / 1000 }
    expect(shownBy(regression)).toEqual([])
    expect(findInsights(syntheticRun(parting))).toMatchObject([
      { rule: 'memorising', sentence: expect.stringMatching(/^Training samples are met far better/) as string },
    ])
  })

  test('are held back by a full layer where the loss stays high', () => {
    const full: SyntheticRun = {
      ...regression,
      shape: flatShape(64),
      directions: () => [31, 16, 1],
      loss: (step) => 0.6 + learning(step),
    }
    expect(shownBy(full)).toEqual(['full(0)'])
    expect(shownBy({ ...full, loss: (step) => learning(step) - 0.1 })).toEqual([])
  })
})

describe('memorising', () => {
  const run: SyntheticRun = {
    document: network(64, 32),
    accuracy: () => 0.99,
    heldOutAccuracy: () => 0.6,
    heldOutLoss: (step) => 1 + step / 500,
    directions: () => [32, 14, 9],
  }

  test('takes the gap, a rising held-out loss, and more directions than classes need', () => {
    expect(shownBy(run)).toEqual(['memorising(1)'])
    expect(shownBy({ ...run, heldOutAccuracy: () => 0.95 })).toEqual([])
    expect(shownBy({ ...run, heldOutLoss: () => 1 })).toEqual([])
    expect(shownBy({ ...run, directions: () => [32, 9, 9] })).toEqual([])
  })

  test('is not known where nothing is held out', () => {
    const evidence = { ...syntheticRun(run), heldOutCount: 0 }
    expect(rulesOf(evidence)).toEqual([])
  })
})

describe('too few samples', () => {
  test('are told at the first column, with what could be measured on instead', () => {
    const run: SyntheticRun = {
      document: { ...network(64), monitor: { source: 'train', samples: 200 } },
      directions: () => ten,
      samples: 200,
    }
    const evidence = syntheticRun(run)
    const [insight] = findInsights({ ...evidence, columns: evidence.columns.slice(0, 1) })
    expect(insight?.sentence).toBe(
      'Hidden 1 is measured on 200 samples, which shows fewer directions than there are: try a probe of 640 samples.',
    )
    expect(parseSpec(insight?.change?.spec)).toMatchObject({ ok: true, spec: { monitor: { source: 'probe' } } })
  })
})
