import { describe, expect, it } from 'vitest'
import { highlightOf } from './highlight'
import type { Evidence, Insight } from './insights/insight'
import { testRun } from './runTesting'

const run = testRun({
  heldOut: [
    [40, 0.5, 0.7],
    [90, 0.9, 0.2],
  ],
  directions: [4, 8, 2],
})

const insight = (change: Partial<Insight>): Insight => ({
  rule: 'tail',
  outputs: [],
  sentence: '',
  condition: '',
  evidence: [],
  confidence: { level: 'high', reason: '' },
  source: '',
  change: undefined,
  ...change,
})

const span = (output: number, from: number, to: number): Evidence => ({
  kind: 'span',
  series: { kind: 'saturation', output },
  from,
  to,
  label: '',
})

describe('what the charts mark of an insight', () => {
  it('are its layers, over all steps in which any of its conditions held', () => {
    const evidence = [span(1, 60, 80), span(0, 50, 70)]
    expect(highlightOf(insight({ outputs: [0, 1], evidence }), 'B', run)).toEqual({
      letter: 'B',
      outputs: [0, 1],
      curves: [],
      from: 50,
      to: 80,
    })
  })

  it('are the curves too where the rule is about them', () => {
    const found = highlightOf(insight({ rule: 'memorising', outputs: [1], evidence: [span(1, 60, 80)] }), 'A', run)
    expect(found.curves).toEqual(['loss', 'accuracy'])
  })

  it('are all layers of a network that has not moved, and none where only the loss says so', () => {
    expect(highlightOf(insight({ rule: 'learningRateTooLow' }), 'A', run).outputs).toEqual([0, 1, 2])
    expect(highlightOf(insight({ rule: 'learningRateTooHigh', outputs: [1] }), 'A', run).outputs).toEqual([])
  })

  it('lie at the update that was refused where nothing held for longer', () => {
    const point: Evidence = { kind: 'point', series: { kind: 'trainingLoss' }, step: 77, value: 3, label: '' }
    const found = highlightOf(insight({ rule: 'learningRateTooHigh', evidence: [point] }), 'A', run)
    expect([found.from, found.to]).toEqual([77, 77])
  })

  it('reach over every measured step where the rule counts what never changes', () => {
    const found = highlightOf(insight({ rule: 'fewSamples', outputs: [0] }), 'A', run)
    expect([found.from, found.to]).toEqual([40, 90])
  })
})
