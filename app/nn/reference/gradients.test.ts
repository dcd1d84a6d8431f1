import { expect, test } from 'vitest'
import { denseLayer } from '../../experiment/defaults'
import type { Activation, DenseLayerSpec, LayerSpec, LossSpec } from '../../experiment/spec'
import { elementsOf, flatShape, positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { buildGraph } from '../buildGraph'
import { initialValues } from '../initialisation'
import { testValues } from '../kernels/kernelTesting'
import { autoencoders, EVEN_IMAGE, IMAGE, imageNetworks } from '../testing/imageNetworks'
import { createFlatParameters, writeArrays } from './flatParameters'
import { penalisedSquares } from './gradientNorm'
import { computeLoss } from './loss'
import type { LossTargets } from './lossTargets'
import { createMatrix, type Matrix } from './matrix'
import { runBackward, runForward } from './passes'

const ROWS = 5
const FEATURES = 3
const MOST_CHECKED = 100
const PENALTIES = { l1: 0.03, l2: 0.2 }

/** A network before its first update, and a batch. */
function makeCase(layers: readonly LayerSpec[], shape: TensorShape) {
  const graph = buildGraph(layers, shape)
  const parameters = createFlatParameters(graph)
  writeArrays(parameters, initialValues('torch', graph, 5))
  const features = elementsOf(shape)
  const inputs = createMatrix(ROWS, features, Float64Array.from(testValues(ROWS * features, 4, 2)))
  const dropout = graph.nodes.map(({ dropout: own }) => own && { ...own, seed: 3, step: 11 })
  return { graph, parameters, inputs, mode: { training: true, dropout } }
}

function denseCase(activation: Activation, outputs: number, dropout = 0) {
  const dense = (id: number, units: number): DenseLayerSpec => ({ ...denseLayer(id, units, activation), dropout })
  return makeCase([dense(1, 7), dense(2, 6), dense(3, outputs)], flatShape(FEATURES))
}

/** Largest deviation of the computed gradient from central differences, relative to the gradient's size. */
function worstDeviation(
  { graph, parameters, inputs, mode }: ReturnType<typeof makeCase>,
  loss: LossSpec,
  targets: LossTargets,
): number {
  const gradients = createFlatParameters(graph)
  const results = runForward(graph, parameters, inputs, mode)
  const { shape } = graph.tensors[graph.output]!
  const bySample = ({ values }: Matrix): Matrix => ({ rows: ROWS, columns: elementsOf(shape), values })
  const logitsGradient = createMatrix(ROWS * positionsOf(shape), shape.channels)
  computeLoss(loss, bySample(results.at(-1)!.preactivation), targets, bySample(logitsGradient))
  runBackward(graph, parameters, inputs, results, logitsGradient, gradients, mode)
  const norm = Math.sqrt(penalisedSquares(gradients.values, parameters.values, parameters.weightLength, PENALTIES))

  const lossNow = (): number => {
    const { preactivation } = runForward(graph, parameters, inputs, mode).at(-1)!
    const weights = parameters.values.subarray(0, parameters.weightLength)
    const penalty = weights.reduce((sum, w) => sum + PENALTIES.l1 * Math.abs(w) + (PENALTIES.l2 / 2) * w * w, 0)
    return computeLoss(loss, bySample(preactivation), targets).loss / ROWS + penalty
  }
  const shift = 1e-5
  let worst = 0
  // Of a large network every n-th, n odd, so that all places of a filter have their turn.
  const every = 2 * Math.floor(parameters.trainedLength / MOST_CHECKED / 2) + 1
  for (let at = 0; at < parameters.trainedLength; at += every) {
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
    expect(worstDeviation(denseCase(activation, 4), loss, CLASSES), activation).toBeLessThan(1e-8)
    expect(worstDeviation(denseCase(activation, 4, 0.4), loss, CLASSES), `${activation}, dropout`).toBeLessThan(1e-8)
  }
})

test('gradients of whole networks are central differences of each loss', () => {
  expect(worstDeviation(denseCase('tanh', 4), { kind: 'binaryCrossEntropy' }, CLASSES)).toBeLessThan(1e-8)
  expect(worstDeviation(denseCase('gelu', 4), { kind: 'meanSquaredError' }, CLASSES)).toBeLessThan(1e-8)
  expect(worstDeviation(denseCase('silu', 2), { kind: 'meanSquaredError' }, VALUES)).toBeLessThan(1e-8)
})

test.each(Object.keys(imageNetworks))('gradients of a network of images are central differences: %s', (name) => {
  const network = makeCase(imageNetworks[name]!, IMAGE)
  const loss: LossSpec = { kind: 'crossEntropy', labelSmoothing: 0 }
  expect(worstDeviation(network, loss, CLASSES)).toBeLessThan(1e-7)
})

test.each(Object.keys(autoencoders))('gradients of an autoencoder of images are central differences: %s', (name) => {
  const network = makeCase(autoencoders[name]!, EVEN_IMAGE)
  const targets: LossTargets = { kind: 'values', values: network.inputs.values }
  expect(worstDeviation(network, { kind: 'reconstruction' }, targets)).toBeLessThan(1e-7)
})
