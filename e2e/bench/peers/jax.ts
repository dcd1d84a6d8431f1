import { blockUntilReady, defaultDevice, grad, init, jit, nn, numpy as np, tree } from '@jax-js/jax'
import { timeSteps, type Contender, type Trainer } from '../contender'
import { layerShapes, makeBatch, makeWeights, type BenchNetwork } from '../networks'

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

function meanLoss(layers: Layers, inputs: np.Array, targets: np.Array): np.Array {
  let values = inputs
  layers.forEach(({ weight, bias }, index) => {
    values = np.matmul(values, weight).add(bias)
    if (index < layers.length - 1) values = nn.relu(values)
  })
  return np.sum(nn.logSoftmax(values).mul(targets), -1).mean().mul(-1)
}

function updateStep(state: State, inputs: np.Array, targets: np.Array): State {
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

function openTrainer(device: 'webgpu' | 'wasm', network: BenchNetwork): Trainer {
  const classes = network.widths.at(-1)!
  const batch = makeBatch(network)
  const inputs = np.array(batch.inputs).reshape([network.batch, network.widths[0]!])
  const targets = nn.oneHot(np.array(batch.labels), classes)
  const zeros = (): Layers =>
    layerShapes(network).map(([rows, columns]) => ({ weight: np.zeros([rows, columns]), bias: np.zeros([columns]) }))
  let state: State = {
    layers: layerShapes(network).map(([rows, columns]) => ({
      weight: np.array(makeWeights(rows, columns)).reshape([rows, columns]),
      bias: np.zeros([columns]),
    })),
    mean: zeros(),
    square: zeros(),
    step: np.array(0),
  }
  const update = jit(updateStep)
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
