import { blockUntilReady, defaultDevice, grad, init, jit, lax, nn, numpy as np, tree } from '@jax-js/jax'
import { timeSteps, type Contender, type Trainer } from '../contender'
import {
  countClasses,
  KERNEL_EDGE,
  makeBatch,
  makeWeights,
  placeLayers,
  POOL_EDGE,
  type BenchNetwork,
  type PlacedLayer,
} from '../networks'

/** Of the layers that have weights, in their order. */
type Layers = { weight: np.Array; bias: np.Array }[]
type State = { layers: Layers; mean: Layers; square: Layers; step: np.Array }

const rate = 0.001
const beta1 = 0.9
const beta2 = 0.999
const epsilon = 1e-8

/** jax-js on one of its devices, the whole step as one jitted function. Arrays are consumed by use; `.ref` keeps one. */
export function jax(device: 'webgpu' | 'wasm'): Contender {
  return {
    name: `jax-js 0.1.25 ${device}`,
    async open(network) {
      const devices = await init(device)
      if (!devices.includes(device)) throw new Error(`jax-js has no ${device} here`)
      defaultDevice(device)
      return openTrainer(device, network)
    },
  }
}

type MeanLoss = (layers: Layers, inputs: np.Array, targets: np.Array) => np.Array

/** Of a batch of images [batch, channels, height, width]: its convolution knows no other order. */
function lossOf(network: BenchNetwork): MeanLoss {
  const placed = placeLayers(network)
  return (layers, inputs, targets) => {
    const remaining = [...layers]
    let values = inputs
    for (const layer of placed) values = applyLayer(layer, values, layer.weights && remaining.shift())
    return np.sum(nn.logSoftmax(values).mul(targets), -1).mean().mul(-1)
  }
}

function applyLayer({ layer, weights, activation }: PlacedLayer, values: np.Array, own?: Layers[number]): np.Array {
  if (!own) return poolMaximum(values)
  const result =
    layer.kind === 'conv'
      ? lax.conv(values, own.weight, [1, 1], 'SAME').add(own.bias.reshape([-1, 1, 1]))
      : np.matmul(values.reshape([values.shape[0]!, weights![0]]), own.weight).add(own.bias)
  return activation === 'relu' ? nn.relu(result) : result
}

/** Windows that do not overlap are axes of their own; a reduceWindow over both would be one more way to say it. */
function poolMaximum(values: np.Array): np.Array {
  const [batch = 0, channels = 0, height = 0, width = 0] = values.shape
  const windows = [batch, channels, height / POOL_EDGE, POOL_EDGE, width / POOL_EDGE, POOL_EDGE]
  return np.max(values.reshape(windows), [3, 5])
}

function updateStep(meanLoss: MeanLoss, state: State, inputs: np.Array, targets: np.Array): State {
  const gradient = grad(meanLoss)(tree.ref(state.layers), inputs, targets)
  const step = state.step.add(1)
  const mean = tree.map(
    (m: np.Array, g: np.Array) => m.mul(beta1).add(g.ref.mul(1 - beta1)),
    state.mean,
    tree.ref(gradient),
  )
  const square = tree.map(
    (v: np.Array, g: np.Array) => v.mul(beta2).add(np.square(g).mul(1 - beta2)),
    state.square,
    gradient,
  )
  const correction1 = np.subtract(1, np.power(beta1, step.ref))
  const correction2 = np.subtract(1, np.power(beta2, step.ref))
  const layers = tree.map(
    (w: np.Array, m: np.Array, v: np.Array) =>
      w.sub(
        m
          .div(correction1.ref)
          .mul(rate)
          .div(np.sqrt(v.div(correction2.ref)).add(epsilon)),
      ),
    state.layers,
    tree.ref(mean),
    tree.ref(square),
  )
  correction1.dispose()
  correction2.dispose()
  return { layers, mean, square, step }
}

/** [in, out], or [out, in, kernel, kernel] of a convolution. */
function weightShape({ layer, input, weights }: PlacedLayer): number[] {
  const [rows, columns] = weights!
  return layer.kind === 'conv' ? [columns, input.channels, KERNEL_EDGE, KERNEL_EDGE] : [rows, columns]
}

/** Those that the other contenders begin with, too, though in another order. */
function makeWeight(layer: PlacedLayer): np.Array {
  return np.array(makeWeights(...layer.weights!)).reshape(weightShape(layer))
}

function openTrainer(device: 'webgpu' | 'wasm', network: BenchNetwork): Trainer {
  const { height, width, channels } = network.input
  const batch = makeBatch(network)
  const inputs = np.array(batch.inputs).reshape([network.batch, channels, height, width])
  const targets = nn.oneHot(np.array(batch.labels), countClasses(network))
  const makeLayers = (make: typeof makeWeight): Layers =>
    placeLayers(network)
      .filter(({ weights }) => weights)
      .map((layer) => ({ weight: make(layer), bias: np.zeros([layer.output.channels]) }))
  const makeZeros = (layer: PlacedLayer): np.Array => np.zeros(weightShape(layer))
  let state: State = {
    layers: makeLayers(makeWeight),
    mean: makeLayers(makeZeros),
    square: makeLayers(makeZeros),
    step: np.array(0),
  }
  const meanLoss = lossOf(network)
  const update = jit((...own: [State, np.Array, np.Array]) => updateStep(meanLoss, ...own))
  const measureLoss = jit(meanLoss)
  return {
    async run(steps) {
      defaultDevice(device)
      return timeSteps(steps, async () => {
        for (let step = 0; step < steps; step++) state = update(state, inputs.ref, targets.ref)
        await blockUntilReady(state.layers)
      })
    },
    async loss() {
      defaultDevice(device)
      const [value] = await measureLoss(tree.ref(state.layers), inputs.ref, targets.ref).data()
      return value!
    },
    close() {
      tree.dispose(state)
      inputs.dispose()
      targets.dispose()
      update.dispose()
      measureLoss.dispose()
    },
  }
}
