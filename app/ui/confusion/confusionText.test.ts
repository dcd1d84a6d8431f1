import { describe, expect, test } from 'vitest'
import { countConfusion, NO_CLASS } from '../../metrics/confusion'
import type { Predictions } from '../../runs/state'
import { formatCellCount, formatCellShare, formatFigure } from './cellText'
import { confusionTable, describeCell, describeMistakes, describeSample, describeSamples } from './confusionText'
import { judgedSample, listSamples } from './sampleList'
import { shownClasses } from './shownClasses'

const NAMES = ['cat', 'dog', 'bird']

/** Three cats, two dogs and a bird: one cat and both dogs are taken for something else. */
const PREDICTIONS: Predictions = {
  step: 40,
  part: 'heldOut',
  available: 6,
  positions: Uint32Array.of(0, 1, 2, 3, 4, 5),
  truth: Uint16Array.of(0, 0, 0, 1, 1, 2),
  predicted: Uint16Array.of(0, 0, 2, 0, 0, 2),
  confidence: Float32Array.of(0.9, 0.95, 0.6, 0.7, 0.8, 0.5),
  truthScore: Float32Array.of(0.9, 0.95, 0.3, 0.2, 0.1, 0.5),
}
const MATRIX = countConfusion(PREDICTIONS.truth, PREDICTIONS.predicted, 3)

describe('the confusion matrix in words', () => {
  test('says of a cell what is taken for what, and how often', () => {
    expect(describeCell(MATRIX, NAMES, { truth: 1, predicted: 0 })).toBe('dog taken for cat: 2 of 2 · 100\u202f%')
    expect(describeCell(MATRIX, NAMES, { truth: 0, predicted: 0 })).toBe('cat recognised: 2 of 3 · 67\u202f%')
    expect(describeCell(countConfusion([], [], 3), NAMES, { truth: 0, predicted: 1 })).toBe('cat taken for dog: 0 of 0')
  })

  test('names the mistakes made most, or that there are none', () => {
    expect(describeMistakes(MATRIX, NAMES)).toBe('Most confused: dog taken for cat (2), cat taken for bird (1)')
    expect(describeMistakes(countConfusion([1], [1], 3), NAMES)).toBe('No sample is taken for another class.')
  })

  test('says which samples it counts', () => {
    expect(describeSamples(PREDICTIONS)).toBe('6 held-out samples')
    expect(describeSamples({ ...PREDICTIONS, available: 30_000 })).toBe('6 of 30,000 held-out samples')
    expect(describeSamples({ ...PREDICTIONS, part: 'training' })).toBe('6 training samples, as none are held out')
  })

  test('is a table with recall and precision for those who ask for it', () => {
    const { columns, rows } = confusionTable(MATRIX, NAMES, [0, 1, 2])
    expect(columns).toEqual(['true class', 'as cat', 'as dog', 'as bird', 'recall'])
    expect(rows[1]).toEqual(['dog', '2', '0', '0', '0\u202f%'])
    expect(rows.at(-1)).toEqual(['precision', '50\u202f%', '–', '50\u202f%', ''])
  })

  test('has cells as short as they can be', () => {
    expect([0, 0.001, 0.004, 0.005, 0.316, 1, Number.NaN].map(formatCellShare)).toEqual([
      '',
      '<1',
      '<1',
      '1',
      '32',
      '100',
      '–',
    ])
    expect(formatFigure(0)).toBe('0')
    expect([0, 7, 9_999, 10_000].map(formatCellCount)).toEqual(['', '7', '9999', '10k'])
  })
})

describe('the samples of a cell', () => {
  test('are those the network is surest of first', () => {
    expect(listSamples(PREDICTIONS, { truth: 0, predicted: 0 })).toEqual([1, 0])
    expect(listSamples(PREDICTIONS, 'mistakes')).toEqual([4, 3, 2])
    expect(listSamples(PREDICTIONS, { truth: 2, predicted: 1 })).toEqual([])
  })

  test('without an answer are mistakes, and come last', () => {
    const predicted = Uint16Array.of(0, NO_CLASS, 2, 0, 0, 2)
    const confidence = Float32Array.of(0.9, Number.NaN, 0.6, 0.7, 0.8, 0.5)
    const predictions = { ...PREDICTIONS, predicted, confidence }
    expect(listSamples(predictions, 'mistakes')).toEqual([4, 3, 2, 1])
    expect(describeSample(judgedSample(predictions, 1), NAMES, 'crossEntropy')).toBe('true cat, no prediction')
  })

  test('say what they are and what they are taken for', () => {
    const [one, other] = [judgedSample(PREDICTIONS, 4), judgedSample(PREDICTIONS, 1)]
    expect(one).toMatchObject({ position: 4, truth: 1, predicted: 0 })
    expect(one.confidence).toBeCloseTo(0.8)
    expect(one.truthScore).toBeCloseTo(0.1)
    expect(describeSample(one, NAMES, 'crossEntropy')).toBe('true dog, taken for cat with 80\u202f%')
    expect(describeSample(other, NAMES, 'meanSquaredError')).toBe('true cat, recognised with 0.950')
  })
})

test('of many classes those with most mistakes are shown, in their order', () => {
  const truth = Array.from({ length: 30 }, (_, own) => own)
  expect(shownClasses(countConfusion(truth.slice(0, 20), truth.slice(0, 20), 20))).toHaveLength(20)
  // Classes 11 to 30 are each taken for the one before, so that 10 has one mistake and the others two.
  const predicted = truth.map((own) => (own > 10 ? own - 1 : own))
  expect(shownClasses(countConfusion(truth, predicted, 30))).toEqual(truth.slice(10))
})
