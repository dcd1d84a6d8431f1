import { expect, test } from 'vitest'
import type { LossSpec } from '../../experiment/spec'
import { computeLoss } from './loss'
import type { LossTargets } from './lossTargets'
import { createMatrix, type Matrix } from './matrix'

const LOGITS = createMatrix(3, 4, Float64Array.of(0.5, -1.25, 2, 0.1, 3, 3, -2, 0, -0.7, 0.2, 0.9, -4))
const CLASSES: LossTargets = { kind: 'classes', values: [2, 1, 3] }
const VALUES: LossTargets = { kind: 'values', values: [1, 0, -1, 0.5, 2, 2.5, 0, 0, -0.7, 1, 1, 1] }

const LOSSES: { name: string; spec: LossSpec; logits: Matrix; targets: LossTargets }[] = [
  { name: 'cross-entropy', spec: { kind: 'crossEntropy', labelSmoothing: 0 }, logits: LOGITS, targets: CLASSES },
  { name: 'smoothed', spec: { kind: 'crossEntropy', labelSmoothing: 0.15 }, logits: LOGITS, targets: CLASSES },
  { name: 'binary, one-hot', spec: { kind: 'binaryCrossEntropy' }, logits: LOGITS, targets: CLASSES },
  {
    name: 'binary, one output',
    spec: { kind: 'binaryCrossEntropy' },
    logits: createMatrix(3, 1, Float64Array.of(2, -0.5, -3)),
    targets: { kind: 'classes', values: [1, 1, 0] },
  },
  { name: 'squared, values', spec: { kind: 'meanSquaredError' }, logits: LOGITS, targets: VALUES },
  { name: 'reconstruction', spec: { kind: 'reconstruction' }, logits: LOGITS, targets: VALUES },
  { name: 'squared, one-hot', spec: { kind: 'meanSquaredError' }, logits: LOGITS, targets: CLASSES },
]

test('gradients are the central differences of the mean loss', () => {
  for (const { name, spec, logits, targets } of LOSSES) {
    const gradient = createMatrix(logits.rows, logits.columns)
    computeLoss(spec, logits, targets, gradient)
    const shift = 1e-5
    gradient.values.forEach((slope, at) => {
      const lossAt = (offset: number): number => {
        const moved = Float64Array.from(logits.values)
        moved[at]! += offset
        return computeLoss(spec, createMatrix(logits.rows, logits.columns, moved), targets).loss / logits.rows
      }
      expect(Math.abs((lossAt(shift) - lossAt(-shift)) / (2 * shift) - slope), name).toBeLessThan(1e-9)
    })
  }
})

test('losses are their textbook formulas', () => {
  const softmax = (row: number): number[] => {
    const exponentials = [...LOGITS.values.subarray(row * 4, row * 4 + 4)].map(Math.exp)
    const sum = exponentials.reduce((a, b) => a + b)
    return exponentials.map((value) => value / sum)
  }
  const crossEntropy = [2, 1, 3].reduce((sum, own, row) => sum - Math.log(softmax(row)[own]!), 0)
  const uniform = [0, 1, 2].reduce((sum, row) => sum - softmax(row).reduce((s, p) => s + Math.log(p) / 4, 0), 0)
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
  const expected = [
    crossEntropy,
    0.85 * crossEntropy + 0.15 * uniform,
    [...LOGITS.values].reduce((sum, x, at) => {
      const isOwn = at % 4 === [2, 1, 3][Math.floor(at / 4)]
      return sum - Math.log(isOwn ? sigmoid(x) : 1 - sigmoid(x)) / 4
    }, 0),
    -Math.log(sigmoid(2)) - Math.log(sigmoid(-0.5)) - Math.log(1 - sigmoid(-3)),
    [...LOGITS.values].reduce((sum, x, at) => sum + (x - VALUES.values[at]!) ** 2 / 4, 0),
    [...LOGITS.values].reduce((sum, x, at) => sum + (x - VALUES.values[at]!) ** 2 / 4, 0),
    [...LOGITS.values].reduce((sum, x, at) => {
      const isOwn = at % 4 === [2, 1, 3][Math.floor(at / 4)]
      return sum + (x - Number(isOwn)) ** 2 / 4
    }, 0),
  ]
  LOSSES.forEach(({ name, spec, logits, targets }, index) => {
    expect(computeLoss(spec, logits, targets).loss, name).toBeCloseTo(expected[index]!, 12)
  })
})

test('a row counts as correct where its class has the largest output, the first of equals', () => {
  const counts = LOSSES.map(({ spec, logits, targets }) => computeLoss(spec, logits, targets).correct)
  // Row 1 holds 3 twice, so class 0 is predicted, not 1; one output of 2, −0.5, −3 says 1, 0, 0.
  expect(counts).toEqual([1, 1, 1, 2, 0, 0, 1])
})

test('losses and gradients stay finite for outputs of ±10,000', () => {
  const logits = createMatrix(2, 2, Float64Array.of(1e4, -1e4, -1e4, 1e4))
  for (const kind of ['crossEntropy', 'binaryCrossEntropy'] as const) {
    const spec: LossSpec = kind === 'crossEntropy' ? { kind, labelSmoothing: 0.1 } : { kind }
    const gradient = createMatrix(2, 2)
    const { loss } = computeLoss(spec, logits, { kind: 'classes', values: [1, 1] }, gradient)
    expect(Number.isFinite(loss)).toBe(true)
    expect(gradient.values.every(Number.isFinite)).toBe(true)
  }
})
