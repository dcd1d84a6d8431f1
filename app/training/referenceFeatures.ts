import { elementsOf, type TensorShape } from '../experiment/tensorShape'
import type { Graph } from '../nn/graph'
import { gridAverage } from '../nn/reference/gridAverage'
import type { Matrix } from '../nn/reference/matrix'
import type { NodeOutputs } from '../nn/reference/passes'
import { featureGrid } from './linearProbes/featureGrid'
import type { FeatureReader } from './session'
import type { TrackedNode } from './trackedOutputs'
import { yieldToMessages } from './yieldToMessages'

/** The thread answers messages between reads of about this length. */
const READ_MILLIS = 20

interface ReferenceFeaturesOptions {
  readonly step: number
  readonly graph: Graph
  readonly tracked: readonly TrackedNode[]
  /** The network in evaluation mode at the weights that are read. */
  readonly forward: (inputs: Float32Array, rows: number) => readonly NodeOutputs[]
  readonly observed: (layer: TrackedNode, outputs: readonly NodeOutputs[]) => Matrix
}

/** What the layers of a network in float64 say, computed between other things. */
export class ReferenceFeatures implements FeatureReader {
  readonly step: number
  readonly widths: readonly number[]
  readonly #options: ReferenceFeaturesOptions
  readonly #shapes: readonly TensorShape[]
  /** Follows from how long the last read took. */
  #rowsPerRead = 1

  constructor(options: ReferenceFeaturesOptions) {
    const { step, graph, tracked } = options
    this.#options = options
    this.step = step
    this.#shapes = tracked.map(({ own }) => graph.tensors[graph.nodes[own]!.output]!.shape)
    this.widths = this.#shapes.map((shape) => elementsOf(featureGrid(shape)))
  }

  get rowsPerRead(): number {
    return this.#rowsPerRead
  }

  async read(inputs: Float32Array, rows: number, outputs: readonly number[]): Promise<readonly Float32Array[]> {
    const since = performance.now()
    const made = this.#options.forward(inputs, rows)
    const features = outputs.map((output) => Float32Array.from(this.#featuresOf(output, made, rows)))
    this.#adapt(performance.now() - since)
    await yieldToMessages()
    return features
  }

  close(): void {}

  #featuresOf(output: number, made: readonly NodeOutputs[], rows: number): Float64Array {
    const observed = this.#options.observed(this.#options.tracked[output]!, made)
    const input = this.#shapes[output]!
    return gridAverage(observed, { rows, input, grid: featureGrid(input) }).values
  }

  #adapt(millis: number): void {
    if (millis < READ_MILLIS / 2) this.#rowsPerRead *= 2
    else if (millis > READ_MILLIS) this.#rowsPerRead = Math.max(1, Math.floor(this.#rowsPerRead / 2))
  }
}
