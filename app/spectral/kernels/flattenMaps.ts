import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import type { FeatureMaps } from '../sampling'
import { quadCount } from './covariancePass'

const FLATTEN_FIELDS = { rows: 'u32', positions: 'u32', channels: 'u32' } as const

/** Makes one row of every sample, without padding between its positions. Twin: reference/sampleMaps.ts. */
export const flattenMaps = defineKernel({
  shader: 'spectral/flatten_maps',
  bindings: { source: 'read', flattened: 'read-write', params: { uniform: FLATTEN_FIELDS } },
})

/** Quads that a workgroup covers, by the shader. */
const WORKGROUP = 64

/**
 * @param source [rows · positions, channels4].
 * @param flattened [rows, (positions · channels)4], written; padding 0.
 */
export function flattenMapsDispatch(
  kernel: Kernel<typeof flattenMaps.bindings>,
  scope: BufferScope,
  shape: FeatureMaps & { readonly rows: number },
  buffers: { readonly source: BufferSlice; readonly flattened: BufferSlice },
): Dispatch {
  const { rows, positions, channels } = shape
  const params = wholeBuffer(scope.uniform('flatten maps', packUniform(FLATTEN_FIELDS, { rows, positions, channels })))
  const quads = rows * quadCount(positions * channels)
  return kernel.dispatch({ ...buffers, params }, foldWorkgroups(Math.ceil(quads / WORKGROUP)), 4 * quads)
}
