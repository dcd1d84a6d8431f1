import type { BufferScope } from '../../gpu/buffers'
import type { Dispatch } from '../../gpu/plan'
import type { CompiledHalf } from './dense'

/** A half of a layer that is one dispatch of a kernel without variants and needs no scratch. */
export function plainHalf<Buffers>(
  dispatch: (scope: BufferScope, buffers: Buffers) => Dispatch,
): CompiledHalf<Buffers> {
  return { scratchBytes: 0, variants: {}, dispatches: (scope, buffers) => [dispatch(scope, buffers)] }
}
