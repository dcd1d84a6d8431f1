import type { Gpu } from '../../gpu/device'
import { gridAverage, gridAverageDispatch, type GridAverageBuffers, type GridBatch } from '../kernels/gridAverage'
import type { CompiledHalf } from './dense'
import { plainHalf } from './plainHalf'

/** The mean over each cell of a grid: what is read of an output, not a part of any network. */
export async function compileGridAverage(gpu: Gpu, batch: GridBatch): Promise<CompiledHalf<GridAverageBuffers>> {
  const kernel = await gpu.pipelines.compile(gridAverage, {})
  return plainHalf((scope, buffers) => gridAverageDispatch(kernel, scope, batch, buffers))
}
