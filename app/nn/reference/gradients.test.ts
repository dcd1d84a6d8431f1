import { expect, test } from 'vitest'
import type { Activation, DenseLayerSpec, LossSpec } from '../../experiment/spec'
import { buildGraph } from '../graph'
import { initialiseLayer } from '../initialisation'
import { testValues } from '../kernels/kernelTesting'
import { createFlatParameters, writeLayers } from './flatParameters'
import { penalisedSquares } from './gradientNorm'
import { computeLoss } from './loss'
import type { LossTargets } from './lossTargets'
import { createMatrix } from './matrix'
import { runBackward, runForward } from './passes'

const ROWS = 5
const FEATURES = 3
const PENALTIES = { l1: 0.03, l2: 0.2 }

function makeCase(activation: Activation, outputs: number, dropoutRate: number) {
  const dense = (id: number, units: number): DenseLayerSpec => ({ kind: 'dense', id, units, activation, dropout: 0 })
  const { nodes } = buildGraph([dense(1, 7), dense(2, 6), dense(3, outputs)], FEATURES)
  const parameters = createFlatParameters(nodes)
  writeLayers(
    parameters,
    nodes.map((node) => initialiseLayer('torch', node, 5, node.layer.id)),
  )
  const inputs = createMatrix(ROWS, FEATURES, Float64Array.from(testValues(ROWS * FEATURES, 4, 2)))
  const dropout = nodes.map(({ layer }) => ({ rate: dropoutRate, seed: 3, layer: layer.id, step: 11 }))
  return { nodes, parameters, inputs, dropout }
}

/** Largest deviation of the computed gradient from central differences, relative to the gradient's size. */
function worstDeviation(
  activation: Activation,
  loss: LossSpec,
  targets: LossTargets,
  outputs: number,
  rate = 0,
): number {
  const { nodes, parameters, inputs, dropout } = makeCase(activation, outputs, rate)
  const gradients = createFlatParameters(nodes)
  const results = runForward(nodes, parameters, inputs, dropout)
  const logitsGradient = createMatrix(ROWS, outputs)
  computeLoss(loss, results.at(-1)!.preactivation, targets, logitsGradient)
  runBackward(nodes, parameters, inputs, results, logitsGradient, gradients, dropout)
  const norm = Math.sqrt(penalisedSquares(gradients.values, parameters.values, parameters.weightLength, PENALTIES))

  const lossNow = (): number => {
    const { preactivation } = runForward(nodes, parameters, inputs, dropout).at(-1)!
    const weights = parameters.values.subarray(0, parameters.weightLength)
    const penalty = weights.reduce((sum, w) => sum + PENALTIES.l1 * Math.abs(w) + (PENALTIES.l2 / 2) * w * w, 0)
    return computeLoss(loss, preactivation, targets).loss / ROWS + penalty
  }
  const shift = 1e-5
  let worst = 0
  for (let at = 0; at < parameters.values.length; at++) {
    const value = parameters.values[at]!
    parameters.values[at] = value + shift
    const above = lossNow()
    parameters.values[at] = value - shift
    const below = lossNow()
    parameters.values[at] = value
    worst = Math.max(worst, Math.abs((above - below) / (2 * shift) - gradients.values[at]!) / norm)
  }
  return worst
}

const CLASSES: LossTargets = { kind: 'classes', values: [2, 0, 1, 1, 3] }
const VALUES: LossTargets = { kind: 'values', values: testValues(ROWS * 2, 8) }

test('gradients of whole networks are central differences of the loss with penalties, for each activation', () => {
  const activations: Activation[] = ['linear', 'relu', 'leakyRelu', 'tanh', 'sigmoid', 'gelu', 'silu']
  for (const activation of activations) {
    const loss: LossSpec = { kind: 'crossEntropy', labelSmoothing: 0.1 }
    expect(worstDeviation(activation, loss, CLASSES, 4), activation).toBeLessThan(1e-8)
    expect(worstDeviation(activation, loss, CLASSES, 4, 0.4), `${activation}, dropout`).toBeLessThan(1e-8)
  }
})

test('gradients of whole networks are central differences of each loss', () => {
  expect(worstDeviation('tanh', { kind: 'binaryCrossEntropy' }, CLASSES, 4)).toBeLessThan(1e-8)
  expect(worstDeviation('gelu', { kind: 'meanSquaredError' }, CLASSES, 4)).toBeLessThan(1e-8)
  expect(worstDeviation('silu', { kind: 'meanSquaredError' }, VALUES, 2)).toBeLessThan(1e-8)
})
