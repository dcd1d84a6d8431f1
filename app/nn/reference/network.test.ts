import { expect, test } from 'vitest'
import { NO_AUGMENTATION } from '../../experiment/augmentation'
import type { Activation, DenseLayerSpec } from '../../experiment/spec'
import { flatShape } from '../../experiment/tensorShape'
import type { ReferenceSamples } from './batch'
import { ReferenceNetwork, type ReferenceSpec } from './network'

function dense(id: number, units: number, activation: Activation, dropout = 0): DenseLayerSpec {
  return { kind: 'dense', id, units, normalisation: 'none', activation, dropout }
}

const SPEC: ReferenceSpec = {
  seed: 7,
  layers: [dense(1, 12, 'tanh'), dense(2, 8, 'relu'), dense(3, 3, 'linear')],
  initialisation: 'torch',
  loss: { kind: 'crossEntropy', labelSmoothing: 0 },
  optimizer: { kind: 'adam', learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
  schedule: { kind: 'constant', warmup: 0 },
  training: { batchSize: 10, steps: 100, clipNorm: null, l1: 0, l2: 0, augmentation: NO_AUGMENTATION },
}

/** Three classes on a circle, one third each. */
function makeSamples(rows = 60, trainingCount = 45): ReferenceSamples {
  const angle = (row: number) => (2 * Math.PI * ((row % 3) + 0.4 * Math.sin(row))) / 3
  const inputs = Float32Array.from({ length: rows * 2 }, (_, at) => {
    const row = Math.floor(at / 2)
    return at % 2 === 0 ? Math.cos(angle(row)) : Math.sin(angle(row))
  })
  const targets = Float32Array.from({ length: rows }, (_, row) => row % 3)
  return {
    rows,
    shape: flatShape(2),
    features: 2,
    targetColumns: 1,
    inputs,
    targets,
    trainingCount,
    targetKind: 'classes',
  }
}

const HELD_OUT = Uint32Array.from({ length: 15 }, (_, index) => 45 + index)

function train(network: ReferenceNetwork, steps: number): void {
  for (let step = 0; step < steps; step++) network.step()
}

test('training learns, and held-out samples show it', () => {
  const network = new ReferenceNetwork(SPEC, makeSamples())
  const before = network.evaluate(HELD_OUT)
  train(network, 200)
  const after = network.evaluate(HELD_OUT)
  expect(after.loss).toBeLessThan(before.loss / 3)
  expect(after.correct).toBeGreaterThan(13)
})

test('the same spec gives the same run; another seed another', () => {
  const run = (seed: number) => {
    const network = new ReferenceNetwork({ ...SPEC, seed }, makeSamples())
    train(network, 20)
    return network.read()
  }
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
})

test('batches larger than the training part wrap into the next epochs', () => {
  const samples = makeSamples(7, 4)
  const network = new ReferenceNetwork({ ...SPEC, training: { ...SPEC.training, batchSize: 10 } }, samples)
  const whole = new ReferenceNetwork({ ...SPEC, training: { ...SPEC.training, batchSize: 8 } }, samples)
  network.step()
  expect(network.control).toEqual({ step: 1, epoch: 2, epochOffset: 2, latchStep: 0 })
  network.step()
  expect(network.control).toEqual({ step: 2, epoch: 5, epochOffset: 0, latchStep: 0 })
  // Two whole epochs are the mean over the training part, whatever their order.
  const mean = whole.evaluate(Uint32Array.of(0, 1, 2, 3)).loss / 4
  expect(whole.step().loss).toBeCloseTo(mean, 12)
})

test('clipping shortens the update to the norm, and can be switched on during a run', () => {
  const optimizer = { kind: 'sgd', learningRate: 1, weightDecay: 0 } as const
  const network = new ReferenceNetwork({ ...SPEC, optimizer }, makeSamples())
  const lengthOfStep = (clipNorm: number | null): { moved: number; gradientNorm: number } => {
    const before = network.read().flatMap((values) => [...values])
    const { gradientNorm } = network.step({ clipNorm })
    const after = network.read().flatMap((values) => [...values])
    return { moved: Math.hypot(...after.map((value, at) => value - before[at]!)), gradientNorm }
  }
  const free = lengthOfStep(null)
  expect(free.moved).toBeCloseTo(free.gradientNorm, 5)
  const clipped = lengthOfStep(0.01)
  expect(clipped.gradientNorm).toBeGreaterThan(0.05)
  expect(clipped.moved).toBeCloseTo(0.01, 5)
})

test('dropout acts in training only, and its rate changes during a run', () => {
  const layers = [dense(1, 64, 'tanh', 0.5), dense(3, 3, 'linear')]
  const network = new ReferenceNetwork(
    { ...SPEC, layers, optimizer: { ...SPEC.optimizer, learningRate: 0 } },
    {
      ...makeSamples(10, 10),
    },
  )
  const evaluated = network.evaluate(Uint32Array.from({ length: 10 }, (_, row) => row)).loss / 10
  const losses = [network.step().loss, network.step().loss]
  expect(losses[0]).not.toBeCloseTo(evaluated, 6)
  expect(losses[1]).not.toBeCloseTo(losses[0]!, 6)
  expect(network.step({ dropout: { 1: 0 } }).loss).toBeCloseTo(evaluated, 12)
})

test('a run that blows up stops before the parameters do, and says at which step and where', () => {
  const optimizer = { kind: 'sgd', learningRate: 1e6, weightDecay: 0 } as const
  const layers = [dense(1, 12, 'linear'), dense(2, 8, 'linear'), dense(3, 3, 'linear')]
  const network = new ReferenceNetwork(
    { ...SPEC, layers, optimizer, loss: { kind: 'meanSquaredError' } },
    makeSamples(),
  )
  let applied = 0
  let last = network.read()
  while (network.step().outcome === 'applied') {
    applied++
    last = network.read()
  }
  expect(applied).toBeGreaterThan(0)
  expect(network.control.latchStep).toBe(applied + 1)
  expect(network.control.step).toBe(applied)
  expect(network.nonFinite).toBeDefined()
  const refused = network.step()
  expect(refused.outcome).toBe('refused')
  expect(network.step()).toEqual(refused)
  expect(network.read()).toEqual(last)
  expect(last.every((values) => values.every(Number.isFinite))).toBe(true)
})

test('the first place that is not finite is named: output, loss or gradient', () => {
  const network = new ReferenceNetwork({ ...SPEC, loss: { kind: 'meanSquaredError' } }, makeSamples())
  const sound = network.read()
  /** Weights and bias of each layer in turn. */
  const placeOf = (change: (layers: { weights: Float32Array; bias: Float32Array }[]) => void) => {
    const arrays = structuredClone(sound)
    change([0, 1, 2].map((layer) => ({ weights: arrays[2 * layer]!, bias: arrays[2 * layer + 1]! })))
    network.restore(arrays)
    const { outcome } = network.step()
    return outcome === 'refused' ? network.nonFinite : undefined
  }
  expect(placeOf((layers) => (layers[1]!.weights[3] = Number.NaN))).toEqual({ kind: 'output', layer: 'hidden 2' })
  expect(placeOf((layers) => (layers[2]!.bias[0] = Number.NEGATIVE_INFINITY))).toEqual({
    kind: 'output',
    layer: 'output',
  })
  // Outputs near 1e20 are finite; their squares are not, in f32.
  expect(placeOf((layers) => (layers[2]!.bias[0] = 1e20))).toEqual({ kind: 'loss' })
  // The output and its error stay small, but the gradient passes through a huge weight.
  const throughWeight = (weight: number, activation: number) =>
    placeOf((layers) => {
      for (const layer of [1, 2]) layers[layer]!.weights.fill(0)
      layers[1]!.bias.fill(activation)
      layers[2]!.weights[0] = weight
    })
  const [elementTooLarge, normTooLarge] = [throughWeight(3e38, 1e-25), throughWeight(3e24, 1e-30)]
  expect(elementTooLarge).toEqual({ kind: 'gradient', layer: 'hidden 2' })
  expect(normTooLarge).toEqual({ kind: 'gradient', layer: 'hidden 2' })
  expect(placeOf(() => {})).toBeUndefined()
})

test('restoring starts the optimizer anew: the next update is that of a fresh run', () => {
  const samples = makeSamples(10, 10)
  const network = new ReferenceNetwork(SPEC, samples)
  const initial = network.read()
  network.step()
  const first = network.read()
  train(network, 30)
  network.restore(initial)
  network.step()
  // The batch is the whole training part; only the order of its sums differs.
  network.read().forEach((values, array) => {
    values.forEach((value, at) => expect(value).toBeCloseTo(first[array]![at]!, 6))
  })
})
