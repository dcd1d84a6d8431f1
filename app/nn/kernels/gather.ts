import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch, Workgroups } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { permutationHalfBits } from '../reference/permutation'
import type { UploadedSamples } from '../sampleTable'

const GATHER_FIELDS = {
  rows: 'u32',
  input_words: 'u32',
  target_words: 'u32',
  chunk_first: 'u32',
  chunk_rows: 'u32',
  training_count: 'u32',
  half_bits: 'u32',
  seed: 'u32',
} as const

/** The next training batch in the order of the epoch, as `control` says. */
export const gatherBatch = defineKernel({
  shader: 'nn/gather_batch',
  bindings: {
    gather: { uniform: GATHER_FIELDS },
    data: 'read',
    inputs: 'read-write',
    targets: 'read-write',
    control: 'read',
  },
})

/** Where a gathered batch goes. */
export interface GatherDestination {
  readonly rows: number
  /** [rows, in4]. */
  readonly inputs: BufferSlice
  /** [rows, targets4]; for classification column 0 is the class number. */
  readonly targets: BufferSlice
}

/** One dispatch per chunk of the data set; together they fill the batch. */
export function gatherBatchDispatches(
  kernel: Kernel<typeof gatherBatch.bindings>,
  scope: BufferScope,
  samples: UploadedSamples,
  destination: GatherDestination,
  order: { readonly trainingCount: number; readonly seed: number; readonly control: BufferSlice },
): Dispatch[] {
  return samples.chunks.map((chunk) => {
    const uniform = packUniform(GATHER_FIELDS, {
      rows: destination.rows,
      input_words: paddedWidth(samples.features) / 4,
      target_words: paddedWidth(samples.targetColumns) / 4,
      chunk_first: chunk.firstRow,
      chunk_rows: chunk.rows,
      training_count: order.trainingCount,
      half_bits: permutationHalfBits(order.trainingCount),
      seed: order.seed,
    })
    const gather = wholeBuffer(scope.uniform('gather', uniform))
    const { inputs, targets } = destination
    const bindings = { gather, data: chunk.slice, inputs, targets, control: order.control }
    return kernel.dispatch(bindings, gatherWorkgroups(samples, destination.rows), gatherCost(samples, destination.rows))
  })
}

/** A workgroup covers 64 words of 16 rows (shaders/nn/gather_batch.wgsl). */
function gatherWorkgroups(samples: UploadedSamples, rows: number): Workgroups {
  return [Math.ceil(rowWords(samples) / 64), Math.ceil(rows / 16), 1]
}

function gatherCost(samples: UploadedSamples, rows: number): number {
  return rows * rowWords(samples) * 8
}

function rowWords(samples: UploadedSamples): number {
  return (paddedWidth(samples.features) + paddedWidth(samples.targetColumns)) / 4
}
