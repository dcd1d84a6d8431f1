import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch, Workgroups } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { permutationHalfBits } from '../reference/permutation'
import type { SampleChunk, UploadedSamples } from '../sampleTable'

const GATHER_FIELDS = {
  rows: 'u32',
  input_words: 'u32',
  target_words: 'u32',
  chunk_first: 'u32',
  chunk_rows: 'u32',
  list_first: 'u32',
  training_count: 'u32',
  half_bits: 'u32',
  seed: 'u32',
} as const

const GATHER_BINDINGS = {
  gather: { uniform: GATHER_FIELDS },
  data: 'read',
  inputs: 'read-write',
  targets: 'read-write',
} as const

/** The next training batch in the order of the epoch, as `control` says. */
export const gatherBatch = defineKernel({
  shader: 'nn/gather_batch',
  bindings: { ...GATHER_BINDINGS, control: 'read' },
})
/** Listed rows: probe and held-out samples. */
export const gatherRows = defineKernel({ shader: 'nn/gather_rows', bindings: { ...GATHER_BINDINGS, rowList: 'read' } })

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
    const gather = gatherUniform(scope, samples, chunk, {
      rows: destination.rows,
      list_first: 0,
      training_count: order.trainingCount,
      half_bits: permutationHalfBits(order.trainingCount),
      seed: order.seed,
    })
    const { inputs, targets } = destination
    const bindings = { gather, data: chunk.slice, inputs, targets, control: order.control }
    return kernel.dispatch(bindings, gatherWorkgroups(samples, destination.rows), gatherCost(samples, destination.rows))
  })
}

/**
 * One dispatch per chunk of the data set.
 * @param list `rowList`: u32 row numbers; the batch takes destination.rows of them from `first` on.
 */
export function gatherRowsDispatches(
  kernel: Kernel<typeof gatherRows.bindings>,
  scope: BufferScope,
  samples: UploadedSamples,
  destination: GatherDestination,
  list: { readonly rowList: BufferSlice; readonly first: number },
): Dispatch[] {
  return samples.chunks.map((chunk) => {
    const gather = gatherUniform(scope, samples, chunk, {
      rows: destination.rows,
      list_first: list.first,
      training_count: 0,
      half_bits: 0,
      seed: 0,
    })
    const { inputs, targets } = destination
    const bindings = { gather, data: chunk.slice, inputs, targets, rowList: list.rowList }
    return kernel.dispatch(bindings, gatherWorkgroups(samples, destination.rows), gatherCost(samples, destination.rows))
  })
}

type BatchFields = Record<'rows' | 'list_first' | 'training_count' | 'half_bits' | 'seed', number>

function gatherUniform(
  scope: BufferScope,
  samples: UploadedSamples,
  chunk: SampleChunk,
  batch: BatchFields,
): BufferSlice {
  const contents = packUniform(GATHER_FIELDS, {
    ...batch,
    input_words: paddedWidth(samples.features) / 4,
    target_words: paddedWidth(samples.targetColumns) / 4,
    chunk_first: chunk.firstRow,
    chunk_rows: chunk.rows,
  })
  return wholeBuffer(scope.uniform('gather', contents))
}

/** A workgroup covers 64 words of 16 rows (shaders/shared/gather.wgsl). */
function gatherWorkgroups(samples: UploadedSamples, rows: number): Workgroups {
  return [Math.ceil(rowWords(samples) / 64), Math.ceil(rows / 16), 1]
}

function gatherCost(samples: UploadedSamples, rows: number): number {
  return rows * rowWords(samples) * 8
}

function rowWords(samples: UploadedSamples): number {
  return (paddedWidth(samples.features) + paddedWidth(samples.targetColumns)) / 4
}
