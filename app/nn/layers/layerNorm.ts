import { positionsOf } from '../../experiment/tensorShape'
import type { Gpu } from '../../gpu/device'
import { columnChunks } from '../kernels/columnChunks'
import { describeColumnLanes } from '../kernels/columnLanes'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import { layerNormBackward, layerNormBackwardDispatch } from '../kernels/layerNormBackward'
import { layerNormForward, layerNormForwardDispatch, type LayerNormForwardBuffers } from '../kernels/layerNormForward'
import { outputConstants, type OutputForm } from '../kernels/layerOutput'
import { normaliseSumsScratchBytes } from '../kernels/normaliseSums'
import { rowLanes, type ReducingAdapter } from '../kernels/reductionLanes'
import type { TensorBatch } from '../kernels/tensorBatch'
import type { NormaliseBackwardBuffers } from './batchNorm'
import type { CompiledHalf } from './dense'
import { compileNormaliseSums } from './normaliseSums'

/**
 * Forward, in training and evaluation alike: y = γ·x̂ + β and what becomes of it.
 * @param adapter whose way of sharing rows is used; another than the GPU's own in tests.
 */
export async function compileLayerNormForward(
  gpu: Gpu,
  batch: TensorBatch,
  form: OutputForm,
  adapter: ReducingAdapter = gpu,
): Promise<CompiledHalf<LayerNormForwardBuffers>> {
  const lanes = rowLanes(batch.input.channels, adapter.software)
  const main = await gpu.pipelines.compile(layerNormForward, { ...outputConstants(form), LANES: lanes })
  return {
    scratchBytes: 0,
    variants: { forward: describeRowLanes(lanes) },
    dispatches: (scope, buffers) => [layerNormForwardDispatch({ main, lanes }, scope, batch, buffers)],
  }
}

/**
 * Backward: dγ, dβ, and a share of the gradient in the input. Two or three dispatches.
 * @param share undefined where the layer reads the network's input.
 */
export async function compileLayerNormBackward(
  gpu: Gpu,
  batch: TensorBatch,
  share: ShareForm | undefined,
  adapter: ReducingAdapter = gpu,
  chunks = columnChunks(batch.rows * positionsOf(batch.input), batch.input.channels, adapter),
): Promise<CompiledHalf<NormaliseBackwardBuffers>> {
  const lanes = rowLanes(batch.input.channels, adapter.software)
  const [sums, main] = await Promise.all([
    compileNormaliseSums(gpu, chunks, 'row'),
    share && gpu.pipelines.compile(layerNormBackward, { ...shareConstants(share), LANES: lanes }),
  ])
  return {
    scratchBytes: normaliseSumsScratchBytes(chunks),
    variants: { sums: describeColumnLanes(chunks.lanes), ...(main && { backwardInput: describeRowLanes(lanes) }) },
    dispatches: (scope, buffers) => {
      const dispatches = sums(scope, buffers)
      if (!main) return dispatches
      if (!buffers.share) throw new Error('a layer norm compiled with a share of a gradient needs its buffers')
      const { input, outputGradient, statistics, scale } = buffers
      const bound = { ...buffers.share, input, outputGradient, statistics, scale }
      return [...dispatches, layerNormBackwardDispatch({ main, lanes }, scope, batch, bound)]
    },
  }
}

function describeRowLanes(lanes: number): string {
  return lanes === 1 ? '1 lane per row' : `${lanes} lanes per row`
}
