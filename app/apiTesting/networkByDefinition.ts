import type { Parameters } from '../api'
import type { Activation, ExperimentSpec } from '../experiment/spec'

/** Networks and losses in float64, from their definitions alone: nothing here comes from the code under test. */

const FUNCTIONS: Readonly<Record<Activation, (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => Math.max(0, z),
  leakyRelu: (z) => (z > 0 ? z : 0.01 * z),
  tanh: (z) => Math.tanh(z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  gelu: (z) => z * normalDistribution(z),
  silu: (z) => z / (1 + Math.exp(-z)),
}

/** Φ(z) by Simpson's rule from 0, to 1e-10 for the |z| of a small network. */
function normalDistribution(z: number): number {
  const steps = 200
  const width = z / steps
  let sum = 0
  for (let step = 0; step <= steps; step++) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2
    sum += weight * Math.exp(-0.5 * (step * width) ** 2)
  }
  return 0.5 + (sum * width) / 3 / Math.sqrt(2 * Math.PI)
}

/** z and f(z) of one layer, [rows, width] each. */
export interface LayerOutputs {
  readonly width: number
  readonly pre: Float64Array
  readonly post: Float64Array
}

/** Applies a network to inputs [rows, features]; the parameters are found under the names that PyTorch gives them. */
export function applyNetwork(
  layers: ExperimentSpec['layers'],
  parameters: Parameters,
  inputs: ArrayLike<number>,
  rows: number,
): LayerOutputs[] {
  const outputs: LayerOutputs[] = []
  let current = inputs
  let features = inputs.length / rows
  // Modules of torch.nn.Sequential: Linear, then the activation and Dropout where there are any.
  let module = 0
  for (const layer of layers) {
    if (layer.kind !== 'dense') throw new Error(`${layer.kind} layers are not written out here`)
    const { units, activation, dropout } = layer
    const weight = parameters[`${module}.weight`]
    const bias = parameters[`${module}.bias`]
    if (weight?.shape.join() !== `${units},${features}` || bias?.shape.join() !== `${units}`) {
      throw new Error(`module ${module} should be Linear(${features}, ${units})`)
    }
    const pre = new Float64Array(rows * units)
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        let sum = bias.values[unit]!
        for (let i = 0; i < features; i++) sum += weight.values[unit * features + i]! * current[row * features + i]!
        pre[row * units + unit] = sum
      }
    }
    const post = pre.map(FUNCTIONS[activation])
    outputs.push({ width: units, pre, post })
    current = post
    features = units
    module += 1 + Number(activation !== 'linear') + Number(dropout > 0)
  }
  if (Object.keys(parameters).length !== 2 * layers.length) throw new Error('there are parameters of no layer')
  return outputs
}

/** Mean loss over rows, as PyTorch's CrossEntropyLoss, BCEWithLogitsLoss and MSELoss give it. */
export function lossByDefinition(
  loss: ExperimentSpec['loss'],
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  task: 'classes' | 'values',
  outputs: number,
): number {
  const rows = logits.length / outputs
  const isSquared = loss.kind === 'meanSquaredError' || loss.kind === 'reconstruction'
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const own = Array.from({ length: outputs }, (_, output) => logits[row * outputs + output]!)
    const wanted = own.map((_, output) => {
      if (task === 'values') return targets[row * outputs + output]!
      return outputs === 1 ? targets[row]! : Number(targets[row] === output)
    })
    if (loss.kind === 'crossEntropy') {
      const total = Math.log(own.reduce((exponentials, x) => exponentials + Math.exp(x), 0))
      const smoothed = wanted.map((y) => (1 - loss.labelSmoothing) * y + loss.labelSmoothing / outputs)
      sum += own.reduce((rowLoss, x, output) => rowLoss - smoothed[output]! * (x - total), 0)
    } else {
      const one = (x: number, y: number): number => (isSquared ? (x - y) ** 2 : Math.log(1 + Math.exp(x)) - x * y)
      sum += own.reduce((rowLoss, x, output) => rowLoss + one(x, wanted[output]!), 0) / outputs
    }
  }
  return sum / rows
}

/** Share of rows whose class was predicted. */
export function accuracyByDefinition(
  loss: ExperimentSpec['loss'],
  logits: ArrayLike<number>,
  classes: ArrayLike<number>,
  outputs: number,
): number {
  const rows = logits.length / outputs
  let correct = 0
  for (let row = 0; row < rows; row++) {
    const own = Array.from({ length: outputs }, (_, output) => logits[row * outputs + output]!)
    const boundary = loss.kind === 'meanSquaredError' ? 0.5 : 0
    const predicted = outputs === 1 ? Number(own[0]! > boundary) : own.indexOf(Math.max(...own))
    if (predicted === classes[row]) correct++
  }
  return correct / rows
}
