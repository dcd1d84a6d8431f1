import { isAugmented } from '../../experiment/augmentation'
import type { AugmentationSpec } from '../../experiment/spec'
import type { TensorShape } from '../../experiment/tensorShape'
import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch, Workgroups } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { permutationHalfBits } from '../reference/permutation'
import type { UploadedSamples } from '../sampleTable'

/** Operations that four numbers cost: a copy, or four places to look up. */
const COPIED_WORD_COST = 8
const SEEN_WORD_COST = 64

const GATHER_FIELDS = {
  rows: 'u32',
  input_words: 'u32',
  target_words: 'u32',
  chunk_first: 'u32',
  chunk_rows: 'u32',
  training_count: 'u32',
  half_bits: 'u32',
  seed: 'u32',
  height: 'u32',
  width: 'u32',
  channels: 'u32',
  crop: 'u32',
  flip: 'u32',
} as const

/**
 * The next training batch in the order of the epoch, as `control` says; images shifted and mirrored by chance. Twins:
 * reference/permutation.ts and reference/augmentation.ts.
 */
export const gatherBatch = defineKernel({
  shader: 'nn/gather_batch',
  bindings: {
    gather: { uniform: GATHER_FIELDS },
    data: 'read',
    inputs: 'read-write',
    targets: 'read-write',
    control: 'read',
  },
  constants: ['AUGMENTED'],
})

/** Where a gathered batch goes. */
export interface GatherDestination {
  readonly rows: number
  /** [rows, in4]. */
  readonly inputs: BufferSlice
  /** [rows, targets4]; for classification column 0 is the class number. */
  readonly targets: BufferSlice
}

/** Which samples make a batch, and how they are seen. */
export interface BatchSource {
  readonly samples: UploadedSamples
  /** Of a sample. */
  readonly shape: TensorShape
  readonly trainingCount: number
  /** The run's seed, unsigned 32-bit. */
  readonly seed: number
  readonly control: BufferSlice
  readonly augmentation: AugmentationSpec
}

/** Compiled for plain copies, or for images that are shifted and mirrored. */
export function compileGather(gpu: Gpu, augmentation: AugmentationSpec): Promise<Kernel<typeof gatherBatch.bindings>> {
  return gpu.pipelines.compile(gatherBatch, { AUGMENTED: Number(isAugmented(augmentation)) })
}

/** One dispatch per chunk of the data set; together they fill the batch. */
export function gatherBatchDispatches(
  kernel: Kernel<typeof gatherBatch.bindings>,
  scope: BufferScope,
  source: BatchSource,
  destination: GatherDestination,
): Dispatch[] {
  const { samples, shape, trainingCount, seed, control, augmentation } = source
  return samples.chunks.map((chunk) => {
    const uniform = packUniform(GATHER_FIELDS, {
      rows: destination.rows,
      input_words: paddedWidth(samples.features) / 4,
      target_words: paddedWidth(samples.targetColumns) / 4,
      chunk_first: chunk.firstRow,
      chunk_rows: chunk.rows,
      training_count: trainingCount,
      half_bits: permutationHalfBits(trainingCount),
      seed,
      ...shape,
      crop: augmentation.crop,
      flip: Number(augmentation.flip),
    })
    const gather = wholeBuffer(scope.uniform('gather', uniform))
    const { inputs, targets } = destination
    const bindings = { gather, data: chunk.slice, inputs, targets, control }
    const cost = destination.rows * rowWords(samples) * (isAugmented(augmentation) ? SEEN_WORD_COST : COPIED_WORD_COST)
    return kernel.dispatch(bindings, gatherWorkgroups(samples, destination.rows), cost)
  })
}

/** A workgroup covers 64 words of 16 rows (shaders/nn/gather_batch.wgsl). */
function gatherWorkgroups(samples: UploadedSamples, rows: number): Workgroups {
  return [Math.ceil(rowWords(samples) / 64), Math.ceil(rows / 16), 1]
}

function rowWords(samples: UploadedSamples): number {
  return (paddedWidth(samples.features) + paddedWidth(samples.targetColumns)) / 4
}
