import type { Gpu } from '../../gpu/device'
import { expandBatch, expandBatchDispatch, type ExpandBatchBuffers } from '../kernels/expandBatch'
import type { TensorBatch } from '../kernels/tensorBatch'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** Gathered inputs or targets in the form in which layers other than dense ones and convolutions read a tensor. */
export async function compileExpandBatch(gpu: Gpu, batch: TensorBatch): Promise<CompiledHalf<ExpandBatchBuffers>> {
  const kernel = await gpu.pipelines.compile(expandBatch, {})
  return plainHalf((scope, buffers) => expandBatchDispatch(kernel, scope, batch, buffers))
}
