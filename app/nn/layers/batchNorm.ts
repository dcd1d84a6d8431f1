import { positionsOf } from '../../experiment/tensorShape'
import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import type { Dispatch } from '../../gpu/plan'
import { batchNormBackward, batchNormBackwardDispatch } from '../kernels/batchNormBackward'
import { batchNormForward, batchNormForwardDispatch, type BatchNormForwardBuffers } from '../kernels/batchNormForward'
import {
  batchNormStatistics,
  batchNormStatisticsDispatches,
  batchNormStatisticsFinish,
  batchNormStatisticsScratchBytes,
  type BatchNormStatisticsBuffers,
} from '../kernels/batchNormStatistics'
import { columnChunks, type ColumnChunks } from '../kernels/columnChunks'
import { describeColumnLanes } from '../kernels/columnLanes'
import { shareConstants, type ShareBuffers, type ShareForm } from '../kernels/inputGradient'
import { outputConstants, type OutputForm } from '../kernels/layerOutput'
import { normaliseSumsScratchBytes, type NormaliseSumsBuffers } from '../kernels/normaliseSums'
import {
  runningStatistics,
  runningStatisticsDispatch,
  type RunningStatisticsBuffers,
} from '../kernels/runningStatistics'
import type { TensorBatch } from '../kernels/tensorBatch'
import type { CompiledHalf } from './dense'
import { compileNormaliseSums } from './normaliseSums'
import { plainHalf } from './plainHalf'

/** Forward in training: the batch's statistics, then y = γ·x̂ + β and what becomes of it. Three dispatches. */
export async function compileBatchNormForward(
  gpu: Gpu,
  batch: TensorBatch,
  form: OutputForm,
  chunks = chunksOf(gpu, batch),
): Promise<CompiledHalf<BatchNormForwardBuffers & BatchNormStatisticsBuffers>> {
  const [main, finish, normalise] = await Promise.all([
    gpu.pipelines.compile(batchNormStatistics, { ...chunks.lanes }),
    gpu.pipelines.compile(batchNormStatisticsFinish, { ...chunks.finishLanes }),
    gpu.pipelines.compile(batchNormForward, { ...outputConstants(form), RUNNING: 0 }),
  ])
  return {
    scratchBytes: batchNormStatisticsScratchBytes(chunks),
    variants: { statistics: describeColumnLanes(chunks.lanes) },
    dispatches: (scope, buffers) => [
      ...batchNormStatisticsDispatches({ main, finish }, scope, chunks, buffers),
      batchNormForwardDispatch(normalise, scope, batch, buffers),
    ],
  }
}

/** Forward in evaluation: `statistics` are the running mean and variance, [2, channels4]. */
export async function compileBatchNormEvaluation(
  gpu: Gpu,
  batch: TensorBatch,
  form: OutputForm,
): Promise<CompiledHalf<BatchNormForwardBuffers>> {
  const kernel = await gpu.pipelines.compile(batchNormForward, { ...outputConstants(form), RUNNING: 1 })
  return plainHalf((scope, buffers) => batchNormForwardDispatch(kernel, scope, batch, buffers))
}

/** What the backward half reads and writes; a layer that reads the network's input computes no gradient in it. */
export interface NormaliseBackwardBuffers extends NormaliseSumsBuffers {
  /** γ [channels4]. */
  readonly scale: BufferSlice
  readonly share: ShareBuffers | undefined
}

/**
 * Backward: dγ, dβ, and a share of the gradient in the input. Two or three dispatches.
 * @param share undefined where the layer reads the network's input.
 */
export async function compileBatchNormBackward(
  gpu: Gpu,
  batch: TensorBatch,
  share: ShareForm | undefined,
  chunks = chunksOf(gpu, batch),
): Promise<CompiledHalf<NormaliseBackwardBuffers>> {
  const [sums, input] = await Promise.all([
    compileNormaliseSums(gpu, chunks, 'channel'),
    share && gpu.pipelines.compile(batchNormBackward, shareConstants(share)),
  ])
  return {
    scratchBytes: normaliseSumsScratchBytes(chunks),
    variants: { sums: describeColumnLanes(chunks.lanes) },
    dispatches: (scope, buffers) => {
      const dispatches = sums(scope, buffers)
      if (!input) return dispatches
      if (!buffers.share) throw new Error('a batch norm compiled with a share of a gradient needs its buffers')
      const { outputGradient, statistics, scale, scratch } = buffers
      const bound = { ...buffers.share, input: buffers.input, outputGradient, statistics, scale, sums: scratch }
      return [...dispatches, batchNormBackwardDispatch(input, scope, batch, bound)]
    },
  }
}

/**
 * Moves the running statistics of all batch norms of a network, which lie in one flat buffer [2, channels4] each.
 * @param length elements of the flat buffers; a multiple of 4.
 */
export async function compileRunningStatistics(
  gpu: Gpu,
  length: number,
): Promise<(scope: BufferScope, buffers: RunningStatisticsBuffers) => Dispatch> {
  const kernel = await gpu.pipelines.compile(runningStatistics, {})
  return (scope, buffers) => runningStatisticsDispatch(kernel, scope, length, buffers)
}

function chunksOf(gpu: Gpu, { rows, input }: TensorBatch): ColumnChunks {
  return columnChunks(rows * positionsOf(input), input.channels, gpu)
}
