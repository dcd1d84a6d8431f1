import { elementsOf, type TensorShape } from '../experiment/tensorShape'
import type { Graph } from '../nn/graph'
import { gridAverage } from '../nn/reference/gridAverage'
import type { Matrix } from '../nn/reference/matrix'
import type { NodeOutputs } from '../nn/reference/passes'
import { featureGrid } from './linearProbes/featureGrid'
import { ReadPace } from './readPace'
import type { FeatureReader } from './session'
import type { TrackedNode } from './trackedOutputs'

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
  readonly #pace = new ReadPace()

  constructor(options: ReferenceFeaturesOptions) {
    const { step, graph, tracked } = options
    this.#options = options
    this.step = step
    this.#shapes = tracked.map(({ own }) => graph.tensors[graph.nodes[own]!.output]!.shape)
    this.widths = this.#shapes.map((shape) => elementsOf(featureGrid(shape)))
  }

  get rowsPerRead(): number {
    return this.#pace.rows
  }

  async read(inputs: Float32Array, rows: number, outputs: readonly number[]): Promise<readonly Float32Array[]> {
    const since = performance.now()
    const made = this.#options.forward(inputs, rows)
    const features = outputs.map((output) => Float32Array.from(this.#featuresOf(output, made, rows)))
    await this.#pace.rest(performance.now() - since)
    return features
  }

  close(): void {}

  #featuresOf(output: number, made: readonly NodeOutputs[], rows: number): Float64Array {
    const observed = this.#options.observed(this.#options.tracked[output]!, made)
    const input = this.#shapes[output]!
    return gridAverage(observed, { rows, input, grid: featureGrid(input) }).values
  }
}
