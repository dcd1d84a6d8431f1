import type { Gpu } from '../../gpu/device'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import {
  poolBackward,
  poolBackwardConstants,
  poolBackwardDispatch,
  poolConstants,
  poolForward,
  poolForwardDispatch,
  type PoolBackwardBuffers,
  type PoolForwardBuffers,
  type PoolShape,
} from '../kernels/pool'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** Forward: the largest value or the mean of each window. */
export async function compilePoolForward(gpu: Gpu, shape: PoolShape): Promise<CompiledHalf<PoolForwardBuffers>> {
  const kernel = await gpu.pipelines.compile(poolForward, poolConstants(shape))
  return plainHalf((scope, buffers) => poolForwardDispatch(kernel, scope, shape, buffers))
}

/** Backward: the share of the gradient in the input. */
export async function compilePoolBackward(
  gpu: Gpu,
  shape: PoolShape,
  share: ShareForm,
): Promise<CompiledHalf<PoolBackwardBuffers>> {
  const kernel = await gpu.pipelines.compile(poolBackward, {
    ...poolBackwardConstants(shape),
    ...shareConstants(share),
  })
  return plainHalf((scope, buffers) => poolBackwardDispatch(kernel, scope, shape, buffers))
}
