import type { Gpu } from '../../gpu/device'
import { outputConstants, type OutputForm } from '../kernels/layerOutput'
import { passForward, passForwardDispatch, type PassForwardBuffers } from '../kernels/passForward'
import type { TensorBatch } from '../kernels/tensorBatch'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** Forward: an activation function and dropout. The backward half is that of a residual, `compileAddGradient`. */
export async function compilePassForward(
  gpu: Gpu,
  batch: TensorBatch,
  form: OutputForm,
): Promise<CompiledHalf<PassForwardBuffers>> {
  const kernel = await gpu.pipelines.compile(passForward, outputConstants(form))
  return plainHalf((scope, buffers) => passForwardDispatch(kernel, scope, batch, buffers))
}
