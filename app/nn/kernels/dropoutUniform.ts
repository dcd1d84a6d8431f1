import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { packUniform } from '../../gpu/kernel'
import { dropoutThreshold } from '../reference/dropout'

/** Fields of `Dropout` in shaders/shared/dropout.wgsl. */
export const DROPOUT_FIELDS = {
  threshold: 'u32',
  scale: 'f32',
  seed: 'u32',
  layer: 'u32',
  rows_per_mask: 'u32',
} as const

/** What a layer's mask is drawn from beside the step; the kernels read the step from `control`. */
export interface DropoutSource {
  /** The run's seed, unsigned 32-bit. */
  readonly seed: number
  /** Id of the layer. */
  readonly layer: number
  /** Rows that share their mask: 1 by default, or the positions of an image whose channels are dropped whole. */
  readonly rowsPerMask?: number
}

/** The dropout setting of one layer on the GPU: forward and backward dispatches of the layer read the same one. */
export class DropoutUniform {
  readonly slice: BufferSlice
  readonly #device: GPUDevice
  readonly #source: DropoutSource

  /** @param rate share of activations set to zero, 0 ≤ rate < 1; 0 in evaluation. */
  constructor(gpu: { readonly device: GPUDevice }, scope: BufferScope, source: DropoutSource, rate: number) {
    this.#device = gpu.device
    this.#source = source
    this.slice = wholeBuffer(scope.uniform('dropout', packDropout(source, rate)))
  }

  /** Applies to everything submitted from now on; nothing is compiled or bound anew. */
  change(rate: number): void {
    this.#device.queue.writeBuffer(this.slice.buffer, this.slice.offset, packDropout(this.#source, rate))
  }
}

function packDropout({ seed, layer, rowsPerMask = 1 }: DropoutSource, rate: number): ArrayBuffer {
  const threshold = dropoutThreshold(rate)
  return packUniform(DROPOUT_FIELDS, { threshold, scale: 1 / (1 - rate), seed, layer, rows_per_mask: rowsPerMask })
}
