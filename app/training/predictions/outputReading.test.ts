import { describe, expect, test } from 'vitest'
import { NO_CLASS } from '../../metrics/confusion'
import type { LossSpec } from '../../experiment/spec'
import { readClasses } from './outputReading'

function read(kind: LossSpec['kind'], outputs: Float32Array, rows: number) {
  const loss = kind === 'crossEntropy' ? { kind, labelSmoothing: 0 } : { kind }
  const classes = Math.max(2, outputs.length / rows)
  return readClasses(loss, { kind: 'classification', classes, classNames: [] }, outputs, rows)
}

describe('classes read off outputs', () => {
  test('are those of the largest output with cross-entropy, and the probabilities add up to 1', () => {
    const { predicted, scores } = read('crossEntropy', Float32Array.of(0, 2, 1, 700, -700, 700), 2)
    expect([...predicted]).toEqual([1, 0])
    const [first, second] = [scores.subarray(0, 3), scores.subarray(3)]
    expect(first[1]).toBeCloseTo(Math.exp(2) / (1 + Math.exp(2) + Math.exp(1)), 6)
    expect(first.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
    expect([...second]).toEqual([0.5, 0, 0.5])
  })

  test('of a single output are the second one above zero, with both probabilities', () => {
    const { predicted, scores } = read('binaryCrossEntropy', Float32Array.of(-1, 0, 1), 3)
    expect([...predicted]).toEqual([0, 0, 1])
    expect(scores[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6)
    expect(scores[5]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6)
    expect([...scores.subarray(2, 4)]).toEqual([0.5, 0.5])
  })

  test('of several with binary cross-entropy each have a probability of their own', () => {
    const { predicted, scores } = read('binaryCrossEntropy', Float32Array.of(2, 3), 1)
    expect([...predicted]).toEqual([1])
    expect(scores[0]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6)
    expect(scores[1]).toBeCloseTo(1 / (1 + Math.exp(-3)), 6)
  })

  test('with mean squared error keep the outputs as they are', () => {
    const { predicted, scores } = read('meanSquaredError', Float32Array.of(0.25, 1.5, -0.5), 1)
    expect([...predicted]).toEqual([1])
    expect([...scores]).toEqual([0.25, 1.5, -0.5])
  })

  test('are none where an output is NaN, wherever it stands', () => {
    const outputs = Float32Array.of(Number.NaN, 1, 1, Number.NaN, 1, Infinity)
    expect([...read('crossEntropy', outputs, 3).predicted]).toEqual([NO_CLASS, NO_CLASS, 1])
    expect([...read('binaryCrossEntropy', Float32Array.of(Number.NaN), 1).predicted]).toEqual([NO_CLASS])
  })
})
