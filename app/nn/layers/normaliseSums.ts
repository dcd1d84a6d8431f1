import type { BufferScope } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import type { Dispatch } from '../../gpu/plan'
import type { ColumnChunks } from '../kernels/columnChunks'
import {
  normaliseSums,
  normaliseSumsDispatches,
  normaliseSumsFinish,
  type NormaliseSumsBuffers,
} from '../kernels/normaliseSums'

/**
 * dγ and dβ of a normalisation.
 * @param per what has a mean and a variance of its own: each channel (batch norm) or each row (layer norm).
 */
export async function compileNormaliseSums(
  gpu: Gpu,
  chunks: ColumnChunks,
  per: 'channel' | 'row',
): Promise<(scope: BufferScope, buffers: NormaliseSumsBuffers) => Dispatch[]> {
  const [main, finish] = await Promise.all([
    gpu.pipelines.compile(normaliseSums, { ...chunks.lanes, PER_ROW: per === 'row' ? 1 : 0 }),
    gpu.pipelines.compile(normaliseSumsFinish, { ...chunks.finishLanes }),
  ])
  return (scope, buffers) => normaliseSumsDispatches({ main, finish }, scope, chunks, buffers)
}
