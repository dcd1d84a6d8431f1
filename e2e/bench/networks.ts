/** A network that is measured: dense layers with ReLU between them, softmax cross-entropy, Adam 1e-3. */
export interface BenchNetwork {
  readonly name: string
  /** Features, hidden units …, classes. */
  readonly widths: readonly number[]
  readonly batch: number
}

export const networks: readonly BenchNetwork[] = [
  { name: '784-512-512-512-10, batch 128', widths: [784, 512, 512, 512, 10], batch: 128 },
  { name: '784-64-64-10, batch 128', widths: [784, 64, 64, 10], batch: 128 },
]

/** [in, out] of every layer. */
export function layerShapes({ widths }: BenchNetwork): (readonly [rows: number, columns: number])[] {
  return widths.slice(1).map((columns, layer) => [widths[layer]!, columns] as const)
}

/** Floating-point operations of the matrix products of one step; the first layer needs no gradient of its input. */
export function stepOperations(network: BenchNetwork): number {
  const products = layerShapes(network).map(([rows, columns], layer) => (layer === 0 ? 2 : 3) * rows * columns)
  return 2 * network.batch * products.reduce((sum, product) => sum + product, 0)
}

/**
 * Bytes a step must move at least: weights are read three times (forward, input gradient, update) and written once,
 * gradients written and read, both moments read and written; activations and their gradients written and read twice.
 */
export function stepTraffic(network: BenchNetwork): number {
  const parameters = layerShapes(network).reduce((sum, [rows, columns]) => sum + (rows + 1) * columns, 0)
  const activations = network.batch * network.widths.reduce((sum, width) => sum + width, 0)
  return 4 * (10 * parameters + 6 * activations)
}

/** One seeded batch, so that every contender computes on like numbers: none of them tiny, which software would time differently. */
export function makeBatch({ widths, batch }: BenchNetwork): { inputs: Float32Array; labels: Int32Array } {
  let state = 12_345
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const inputs = Float32Array.from({ length: batch * widths[0]! }, () => next() * 2 - 1)
  const labels = Int32Array.from({ length: batch }, () => Math.floor(next() * widths.at(-1)!))
  return { inputs, labels }
}

/** Weights [in, out] uniform in ±1/√in, seeded. */
export function makeWeights(rows: number, columns: number): Float32Array {
  const { inputs } = makeBatch({ name: '', widths: [columns, 1], batch: rows })
  return inputs.map((value) => value / Math.sqrt(rows))
}
