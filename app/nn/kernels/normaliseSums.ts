import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import {
  chunkCount,
  chunkQuads,
  chunkScratchBytes,
  COLUMN_CHUNKS_FIELDS,
  packColumnChunks,
  type ColumnChunks,
} from './columnChunks'
import { COLUMN_CONSTANTS, columnWorkgroups } from './columnLanes'

/** Σ dy and Σ dy·x̂ per channel of chunks of rows. */
export const normaliseSums = defineKernel({
  shader: 'nn/normalise_sums',
  bindings: {
    input: 'read',
    outputGradient: 'read',
    statistics: 'read',
    sums: 'read-write',
    shape: { uniform: COLUMN_CHUNKS_FIELDS },
  },
  constants: [...COLUMN_CONSTANTS, 'PER_ROW'],
})

/** Adds up the chunks. Twins of both: the scale and shift of reference/batchNorm.ts and reference/layerNorm.ts. */
export const normaliseSumsFinish = defineKernel({
  shader: 'nn/normalise_sums_finish',
  bindings: {
    sums: 'read-write',
    scaleGradient: 'read-write',
    shiftGradient: 'read-write',
    shape: { uniform: COLUMN_CHUNKS_FIELDS },
  },
  constants: COLUMN_CONSTANTS,
})

export interface NormaliseSumsKernels {
  readonly main: Kernel<typeof normaliseSums.bindings>
  readonly finish: Kernel<typeof normaliseSumsFinish.bindings>
}

export interface NormaliseSumsBuffers {
  /** x [rows, channels4]. */
  readonly input: BufferSlice
  /** dy [rows, channels4]: gradient in the layer's preactivation. */
  readonly outputGradient: BufferSlice
  /** Of the forward pass: [2, channels4] of a batch norm, [rows, 2] of a layer norm. */
  readonly statistics: BufferSlice
  /** dγ [channels4], written. */
  readonly scaleGradient: BufferSlice
  /** dβ [channels4], written. */
  readonly shiftGradient: BufferSlice
  /** At least `normaliseSumsScratchBytes`; dβ and dγ lie in front of it afterwards. May be shared by all layers. */
  readonly scratch: BufferSlice
}

export function normaliseSumsScratchBytes(chunks: ColumnChunks): number {
  return chunkScratchBytes(chunks, 2)
}

/** Two dispatches. */
export function normaliseSumsDispatches(
  { main, finish }: NormaliseSumsKernels,
  scope: BufferScope,
  chunks: ColumnChunks,
  buffers: NormaliseSumsBuffers,
): Dispatch[] {
  const { input, outputGradient, statistics, scaleGradient, shiftGradient, scratch: sums } = buffers
  const shape = wholeBuffer(scope.uniform('normalise sums', packColumnChunks(chunks)))
  const quads = chunkQuads(chunks)
  const count = chunkCount(chunks)
  return [
    main.dispatch(
      { input, outputGradient, statistics, sums, shape },
      columnWorkgroups(count * quads, chunks.lanes),
      chunks.rows * quads * 4 * 5,
    ),
    finish.dispatch(
      { sums, scaleGradient, shiftGradient, shape },
      columnWorkgroups(2 * quads, chunks.finishLanes),
      count * quads * 4 * 2,
    ),
  ]
}
