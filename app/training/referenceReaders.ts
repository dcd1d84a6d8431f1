import type { FlatParameters } from '../nn/reference/flatParameters'
import type { Matrix } from '../nn/reference/matrix'
import type { ReferenceNetwork } from '../nn/reference/network'
import type { NodeOutputs } from '../nn/reference/passes'
import { ReferenceFeatures } from './referenceFeatures'
import { ReferencePredictions } from './referencePredictions'
import { SessionEnded, type FeatureReader, type PredictionReader, type SessionReaders } from './session'
import type { SnapshotList } from './snapshotList'
import type { TrackedNode } from './trackedOutputs'

interface ReferenceReadersOptions {
  readonly network: ReferenceNetwork
  readonly snapshots: SnapshotList<FlatParameters>
  readonly tracked: readonly TrackedNode[]
  readonly observed: (layer: TrackedNode, outputs: readonly NodeOutputs[]) => Matrix
  readonly isEnded: () => boolean
}

/** What is read of a network in float64 while it is trained. */
export class ReferenceReaders implements SessionReaders {
  readonly #options: ReferenceReadersOptions

  constructor(options: ReferenceReadersOptions) {
    this.#options = options
  }

  async openFeatures(): Promise<FeatureReader> {
    const { network, tracked, observed } = this.#options
    const parameters = network.copyParameters()
    return new ReferenceFeatures({
      step: network.control.step,
      graph: network.graph,
      tracked,
      forward: (inputs, rows) => this.#forward(inputs, rows, parameters),
      observed,
    })
  }

  async openPredictions(): Promise<PredictionReader> {
    return new ReferencePredictions({
      load: (atStep) => this.#load(atStep),
      forward: (inputs, rows, parameters) => this.#forward(inputs, rows, parameters).at(-1)!.preactivation.values,
    })
  }

  #load(atStep: number | undefined) {
    const { network, snapshots } = this.#options
    if (atStep === undefined) return { step: network.control.step, parameters: network.copyParameters() }
    const { step, copy } = snapshots.newestAt(atStep)
    return { step, parameters: copy }
  }

  #forward(inputs: Float32Array, rows: number, parameters: FlatParameters): readonly NodeOutputs[] {
    if (this.#options.isEnded()) throw new SessionEnded()
    return this.#options.network.forward(inputs, rows, parameters)
  }
}
