import { positionsOf } from '../../experiment/tensorShape'
import type { Gpu } from '../../gpu/device'
import { columnLanes, describeColumnLanes, type ColumnLanes } from '../kernels/columnLanes'
import {
  globalAverageBackward,
  globalAverageBackwardDispatch,
  globalAverageForward,
  globalAverageForwardDispatch,
  type GlobalAverageBackwardBuffers,
  type GlobalAverageForwardBuffers,
} from '../kernels/globalAverage'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import type { TensorBatch } from '../kernels/tensorBatch'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** Forward: the mean of all positions. */
export async function compileGlobalAverageForward(
  gpu: Gpu,
  batch: TensorBatch,
  forced?: ColumnLanes,
): Promise<CompiledHalf<GlobalAverageForwardBuffers>> {
  const lanes = forced ?? columnLanes(positionsOf(batch.input), batch.input.channels, gpu)
  const kernel = { main: await gpu.pipelines.compile(globalAverageForward, { ...lanes }), lanes }
  return {
    scratchBytes: 0,
    variants: { forward: describeColumnLanes(lanes) },
    dispatches: (scope, buffers) => [globalAverageForwardDispatch(kernel, scope, batch, buffers)],
  }
}

/** Backward: the share of the gradient in the input. */
export async function compileGlobalAverageBackward(
  gpu: Gpu,
  batch: TensorBatch,
  share: ShareForm,
): Promise<CompiledHalf<GlobalAverageBackwardBuffers>> {
  const kernel = await gpu.pipelines.compile(globalAverageBackward, shareConstants(share))
  return plainHalf((scope, buffers) => globalAverageBackwardDispatch(kernel, scope, batch, buffers))
}
