import { placeSlices, wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { resetMoments, resetMomentsDispatch } from './kernels/resetMoments'
import { countConstant, rangesLength, unitRanges, unitRangesDispatch } from './kernels/unitRanges'

/** Counts the units of several outputs that say the same of every sample. Everything is allocated when it is made. */
export interface DeadUnitCounter {
  /** Begins anew in all outputs. */
  readonly reset: Plan
  /** Adds rows of what an output's units pass on, [rows, stride] with stride = width rounded up to 4. */
  accumulate(output: number, source: BufferSlice, rows: number): Plan
  /** To be copied out behind the last rows, for `decode`. */
  readonly results: readonly BufferSlice[]
  /** By output; undefined where units are not counted. */
  decode(bytes: ArrayBuffer): readonly (number | undefined)[]
}

/** @param widths by output; undefined where there is no activation function that could kill a unit. */
export async function createDeadUnitCounter(
  gpu: Gpu,
  scope: BufferScope,
  widths: readonly (number | undefined)[],
): Promise<DeadUnitCounter> {
  const [kernel, reset] = await Promise.all([
    gpu.pipelines.compile(unitRanges, {}),
    gpu.pipelines.compile(resetMoments, {}),
  ])
  const lengths = widths.map((width) => (width === undefined ? 0 : rangesLength(width)))
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storage('unit ranges', totalBytes)
  const accumulate = (output: number, source: BufferSlice, rows: number): Plan => {
    const width = widths[output]
    if (width === undefined) return []
    const ranges = { buffer, offset: offsets[output]!, size: lengths[output]! * 4 }
    return [unitRangesDispatch(kernel, scope, { rows, width }, { source, ranges })]
  }
  return {
    reset: [resetMomentsDispatch(reset, scope, buffer)],
    accumulate,
    results: [wholeBuffer(buffer)],
    decode: (bytes) =>
      widths.map((width, output) =>
        width === undefined
          ? undefined
          : countConstant(new Uint32Array(bytes, offsets[output], lengths[output]), width),
      ),
  }
}
