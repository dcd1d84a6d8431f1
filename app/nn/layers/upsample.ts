import type { Gpu } from '../../gpu/device'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import {
  upsampleBackward,
  upsampleBackwardDispatch,
  upsampleForward,
  upsampleForwardDispatch,
  type UpsampleBackwardBuffers,
  type UpsampleForwardBuffers,
  type UpsampleShape,
} from '../kernels/upsample'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** Forward: each position repeated. */
export async function compileUpsampleForward(
  gpu: Gpu,
  shape: UpsampleShape,
): Promise<CompiledHalf<UpsampleForwardBuffers>> {
  const kernel = await gpu.pipelines.compile(upsampleForward, {})
  return plainHalf((scope, buffers) => upsampleForwardDispatch(kernel, scope, shape, buffers))
}

/** Backward: the share of the gradient in the input. */
export async function compileUpsampleBackward(
  gpu: Gpu,
  shape: UpsampleShape,
  share: ShareForm,
): Promise<CompiledHalf<UpsampleBackwardBuffers>> {
  const kernel = await gpu.pipelines.compile(upsampleBackward, shareConstants(share))
  return plainHalf((scope, buffers) => upsampleBackwardDispatch(kernel, scope, shape, buffers))
}
