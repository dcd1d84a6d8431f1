import { describe, expect, test } from 'vitest'
import { confusionFigures, countConfusion, mostConfused, NO_CLASS } from './confusion'

/** Three cats (two of them right), two dogs (both taken for cats), one bird (right). */
const TRUTH = [0, 0, 0, 1, 1, 2]
const PREDICTED = [0, 0, 2, 0, 0, 2]

describe('a confusion matrix', () => {
  test('counts by true class, then by predicted one', () => {
    const { counts, support } = countConfusion(TRUTH, PREDICTED, 3)
    expect([...counts]).toEqual([2, 0, 1, 2, 0, 0, 0, 0, 1])
    expect([...support]).toEqual([3, 2, 1])
  })

  test('has accuracy, recall and precision as its shares', () => {
    const { accuracy, recall, precision } = confusionFigures(countConfusion(TRUTH, PREDICTED, 3))
    expect(accuracy).toBeCloseTo(3 / 6)
    expect([...recall]).toEqual([2 / 3, 0, 1])
    // No dog was predicted, so of none can it be said whether it was one.
    expect([...precision]).toEqual([2 / 4, Number.NaN, 1 / 2])
  })

  test('has the mean of its classes’ F1 as scikit-learn has it', () => {
    // f1_score(TRUTH, PREDICTED, average='macro') of scikit-learn 1.5: (4/7 + 0 + 2/3) / 3
    expect(confusionFigures(countConfusion(TRUTH, PREDICTED, 3)).macroF1).toBeCloseTo(0.4126984126984127, 15)
  })

  test('leaves classes that neither occur nor are predicted out of the mean', () => {
    const { macroF1, recall } = confusionFigures(countConfusion([0, 1, 1], [0, 1, 1], 4))
    expect(macroF1).toBe(1)
    expect([...recall]).toEqual([1, 1, Number.NaN, Number.NaN])
  })

  test('counts a sample without a prediction as not recognised, in no column', () => {
    const matrix = countConfusion([0, 0, 1], [0, NO_CLASS, 1], 2)
    expect([...matrix.counts]).toEqual([1, 0, 0, 1])
    expect(confusionFigures(matrix)).toMatchObject({ accuracy: 2 / 3, recall: Float64Array.of(0.5, 1) })
  })

  test('of no samples has no figures', () => {
    const { accuracy, macroF1 } = confusionFigures(countConfusion([], [], 2))
    expect([accuracy, macroF1]).toEqual([Number.NaN, Number.NaN])
  })

  test('names the mistakes made most often, and nothing that is right', () => {
    const matrix = countConfusion(TRUTH, PREDICTED, 3)
    expect(mostConfused(matrix, 5)).toEqual([
      { truth: 1, predicted: 0, count: 2, share: 1 },
      { truth: 0, predicted: 2, count: 1, share: 1 / 3 },
    ])
    expect(mostConfused(matrix, 1)).toHaveLength(1)
  })
})
