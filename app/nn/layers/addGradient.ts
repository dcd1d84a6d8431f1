import type { Gpu } from '../../gpu/device'
import { addGradient, addGradientDispatch, type AddGradientBuffers } from '../kernels/addGradient'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import type { TensorBatch } from '../kernels/tensorBatch'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** Backward half of a residual: the share of the gradient in the tensor that was added. */
export async function compileAddGradient(
  gpu: Gpu,
  batch: TensorBatch,
  share: ShareForm,
): Promise<CompiledHalf<AddGradientBuffers>> {
  const kernel = await gpu.pipelines.compile(addGradient, shareConstants(share))
  return plainHalf((scope, buffers) => addGradientDispatch(kernel, scope, batch, buffers))
}
