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

/** Mean and squared deviations of chunks of rows. */
export const batchNormStatistics = defineKernel({
  shader: 'nn/batch_norm_statistics',
  bindings: { input: 'read', chunkMoments: 'read-write', shape: { uniform: COLUMN_CHUNKS_FIELDS } },
  constants: COLUMN_CONSTANTS,
})

/** Merges the chunks. Twin of both: `batchStatistics` in reference/batchNorm.ts. */
export const batchNormStatisticsFinish = defineKernel({
  shader: 'nn/batch_norm_statistics_finish',
  bindings: {
    chunkMoments: 'read',
    statistics: 'read-write',
    batch: 'read-write',
    shape: { uniform: COLUMN_CHUNKS_FIELDS },
  },
  constants: COLUMN_CONSTANTS,
})

export interface BatchNormStatisticsKernels {
  readonly main: Kernel<typeof batchNormStatistics.bindings>
  readonly finish: Kernel<typeof batchNormStatisticsFinish.bindings>
}

export interface BatchNormStatisticsBuffers {
  /** x [rows, channels4]. */
  readonly input: BufferSlice
  /** [2, channels4], written: mean and 1/√(variance + 1e-5), the variance over n; the backward pass reads it. */
  readonly statistics: BufferSlice
  /** [2, channels4], written: mean and variance over n − 1, for the running statistics. */
  readonly batch: BufferSlice
  /** At least `batchNormStatisticsScratchBytes`; may be shared by all layers. */
  readonly scratch: BufferSlice
}

export function batchNormStatisticsScratchBytes(chunks: ColumnChunks): number {
  return chunkScratchBytes(chunks, 1)
}

/** Two dispatches. */
export function batchNormStatisticsDispatches(
  { main, finish }: BatchNormStatisticsKernels,
  scope: BufferScope,
  chunks: ColumnChunks,
  { input, statistics, batch, scratch }: BatchNormStatisticsBuffers,
): Dispatch[] {
  const shape = wholeBuffer(scope.uniform('batch norm statistics', packColumnChunks(chunks)))
  const quads = chunkQuads(chunks)
  const count = chunkCount(chunks)
  return [
    main.dispatch(
      { input, chunkMoments: scratch, shape },
      columnWorkgroups(count * quads, chunks.lanes),
      chunks.rows * quads * 4 * 6,
    ),
    finish.dispatch(
      { chunkMoments: scratch, statistics, batch, shape },
      columnWorkgroups(quads, chunks.finishLanes),
      count * quads * 4 * 8,
    ),
  ]
}
