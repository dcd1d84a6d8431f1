import type { LayerKind } from '../../experiment/spec'
import type { TensorShape } from '../../experiment/tensorShape'

/** What one layer makes of a sample, picture by picture. */
export interface LayerMaps {
  /** “conv 1”, “block 1 conv 2”, “max pool 1”, …, “output”. */
  readonly name: string
  readonly kind: LayerKind
  /** Of the layer's output. */
  readonly shape: TensorShape
  /** Of `values`: large maps are averaged over cells, and of many channels the first are here. */
  readonly shown: TensorShape
  /** Whether the layer can make anything below 0. */
  readonly isSigned: boolean
  /** [shown.channels, shown.height, shown.width]. */
  readonly values: Float32Array
}

/** The weights of a layer as pictures: a convolution's kernels, or over the image that a dense layer reads. */
export interface Filters {
  /** Name of the layer. */
  readonly layer: string
  readonly height: number
  readonly width: number
  /** Channels that each output channel reads, and output channels. */
  readonly inputs: number
  readonly outputs: number
  /** How many of them are in `values`. */
  readonly shownInputs: number
  readonly shownOutputs: number
  /** [shownOutputs, shownInputs, height, width]. */
  readonly values: Float32Array
}

/** One sample on its way through the network, in evaluation mode. */
export interface Inspection {
  /** Updates behind the weights. */
  readonly step: number
  /** In the order of the forward pass; of a residual block first its layers, then their sum. */
  readonly layers: readonly LayerMaps[]
  /** The network's output, [height, width, channels] of its last layer: what the loss is computed of. */
  readonly output: Float32Array
  /** Of the layer that was asked for, where it has weights. */
  readonly filters: Filters | undefined
}

export interface InspectionOptions {
  /** Left out: the newest weights when its turn comes; else those of the newest snapshot at or before it. */
  readonly atStep?: number | undefined
  /** Name of the layer whose weights are wanted, too. */
  readonly filtersOf?: string | undefined
}
