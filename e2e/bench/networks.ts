import { elementsOf, positionsOf, type TensorShape } from '../../app/experiment/tensorShape'

/** A layer as every contender can build it; ReLU follows all with weights but the last. */
type BenchLayer =
  | { readonly kind: 'dense'; readonly units: number }
  /** 3×3 taps over an image framed by zeros, so that it keeps its size. */
  | { readonly kind: 'conv'; readonly channels: number }
  /** 2×2 positions become their largest. */
  | { readonly kind: 'maxPool' }

/** A network that is measured: softmax cross-entropy, Adam 1e-3. */
export interface BenchNetwork {
  readonly name: string
  /** The shape of digits: one channel. */
  readonly input: TensorShape
  /** The last one is dense, its units the classes. */
  readonly layers: readonly BenchLayer[]
  readonly batch: number
}

export const KERNEL_EDGE = 3
export const POOL_EDGE = 2

const digits: TensorShape = { height: 28, width: 28, channels: 1 }

const dense = (units: number): BenchLayer => ({ kind: 'dense', units })
const conv = (channels: number): BenchLayer => ({ kind: 'conv', channels })
const maxPool: BenchLayer = { kind: 'maxPool' }

export const networks: readonly BenchNetwork[] = [
  {
    name: '784-512-512-512-10, batch 128',
    input: digits,
    layers: [dense(512), dense(512), dense(512), dense(10)],
    batch: 128,
  },
  { name: '784-64-64-10, batch 128', input: digits, layers: [dense(64), dense(64), dense(10)], batch: 128 },
  {
    name: 'conv 16-16-pool-32-32-pool-10 on 28×28, batch 64',
    input: digits,
    layers: [conv(16), conv(16), maxPool, conv(32), conv(32), maxPool, dense(10)],
    batch: 64,
  },
]

/** A layer between its input and its output. */
export interface PlacedLayer {
  readonly layer: BenchLayer
  readonly input: TensorShape
  readonly output: TensorShape
  /** [in, out] of its weights, in being taps · channels of a convolution; undefined where it has none. */
  readonly weights: readonly [rows: number, columns: number] | undefined
  readonly activation: 'relu' | 'linear'
}

export function placeLayers({ input, layers }: BenchNetwork): readonly PlacedLayer[] {
  let shape = input
  return layers.map((layer, index) => {
    const placed = { layer, input: shape, output: outputOf(layer, shape), weights: weightsOf(layer, shape) }
    shape = placed.output
    return { ...placed, activation: index === layers.length - 1 ? 'linear' : 'relu' }
  })
}

function outputOf(layer: BenchLayer, { height, width, channels }: TensorShape): TensorShape {
  switch (layer.kind) {
    case 'dense':
      return { height: 1, width: 1, channels: layer.units }
    case 'conv':
      return { height, width, channels: layer.channels }
    case 'maxPool':
      return { height: Math.floor(height / POOL_EDGE), width: Math.floor(width / POOL_EDGE), channels }
  }
}

function weightsOf(layer: BenchLayer, input: TensorShape): PlacedLayer['weights'] {
  switch (layer.kind) {
    case 'dense':
      return [elementsOf(input), layer.units]
    case 'conv':
      return [KERNEL_EDGE ** 2 * input.channels, layer.channels]
    case 'maxPool':
      return undefined
  }
}

/** [in, out] of the weights of all layers that have some, in their order. */
function weightShapes(network: BenchNetwork): (readonly [rows: number, columns: number])[] {
  return placeLayers(network).flatMap(({ weights }) => (weights ? [weights] : []))
}

export function countClasses(network: BenchNetwork): number {
  return placeLayers(network).at(-1)!.output.channels
}

/**
 * Floating-point operations of the products of one step, forward and in both directions backward; the first layer needs
 * no gradient of its input. Taps that read the frame of zeros count, though they could be left out.
 */
export function stepOperations(network: BenchNetwork): number {
  const products = placeLayers(network).map(({ weights, output }, layer) => {
    const [rows, columns] = weights ?? [0, 0]
    return (layer === 0 ? 2 : 3) * positionsOf(output) * rows * columns
  })
  return 2 * network.batch * products.reduce((sum, product) => sum + product, 0)
}

/**
 * Bytes a step must move at least: weights are read three times (forward, input gradient, update) and written once,
 * gradients written and read, both moments read and written; activations and their gradients written and read twice.
 */
export function stepTraffic(network: BenchNetwork): number {
  const parameters = weightShapes(network).reduce((sum, [rows, columns]) => sum + (rows + 1) * columns, 0)
  const tensors = [network.input, ...placeLayers(network).map(({ output }) => output)]
  const activations = network.batch * tensors.reduce((sum, shape) => sum + elementsOf(shape), 0)
  return 4 * (10 * parameters + 6 * activations)
}

/** One seeded batch, so that every contender computes on like numbers: none of them tiny, which software would time differently. */
export function makeBatch(network: BenchNetwork): { inputs: Float32Array; labels: Int32Array } {
  const next = seededNumbers()
  const inputs = Float32Array.from({ length: network.batch * elementsOf(network.input) }, () => next() * 2 - 1)
  const classes = countClasses(network)
  const labels = Int32Array.from({ length: network.batch }, () => Math.floor(next() * classes))
  return { inputs, labels }
}

/** Weights [in, out] uniform in ±1/√in, seeded. */
export function makeWeights(rows: number, columns: number): Float32Array {
  const next = seededNumbers()
  return Float32Array.from({ length: rows * columns }, () => (next() * 2 - 1) / Math.sqrt(rows))
}

/** Uniform in [0, 1). */
function seededNumbers(): () => number {
  let state = 12_345
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
