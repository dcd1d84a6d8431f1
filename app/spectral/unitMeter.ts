import { placeSlices, wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { resetMoments, resetMomentsDispatch } from './kernels/resetMoments'
import {
  countConstant,
  mostUnitWorkgroups,
  rangesLength,
  sumsLength,
  unitRanges,
  unitRangesDispatch,
} from './kernels/unitRanges'

/** What the units, or channels, of an output pass on. */
export interface UnitFigures {
  /** How many say the same of every row, none of them NaN or infinite. */
  readonly constant: number
  /** Mean of all values; not finite where one is not. */
  readonly mean: number
}

/** Follows the units of several outputs, channels over all positions. Everything is allocated when it is made. */
export interface UnitMeter {
  /** Begins anew in all outputs. */
  readonly reset: Plan
  /** Adds rows of what an output's units pass on, [rows, stride] with stride = width rounded up to 4, padding 0. */
  accumulate(output: number, source: BufferSlice, rows: number): Plan
  /** To be copied out behind the last rows, for `decode`. */
  readonly results: readonly BufferSlice[]
  /** @param rows by output: how many were added since the reset. */
  decode(bytes: ArrayBuffer, rows: readonly number[]): readonly UnitFigures[]
}

/** @param widths by output. */
export async function createUnitMeter(gpu: Gpu, scope: BufferScope, widths: readonly number[]): Promise<UnitMeter> {
  const [kernel, reset] = await Promise.all([
    gpu.pipelines.compile(unitRanges, {}),
    gpu.pipelines.compile(resetMoments, {}),
  ])
  // Of every output its ranges and its sums.
  const mostWorkgroups = mostUnitWorkgroups(gpu)
  const lengths = widths.flatMap((width) => [rangesLength(width), sumsLength(width, mostWorkgroups)])
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storage('unit figures', totalBytes)
  const slice = (index: number): BufferSlice => ({ buffer, offset: offsets[index]!, size: lengths[index]! * 4 })
  return {
    reset: [resetMomentsDispatch(reset, scope, buffer)],
    accumulate(output, source, rows) {
      const buffers = { source, ranges: slice(2 * output), sums: slice(2 * output + 1) }
      return [unitRangesDispatch(kernel, scope, { rows, width: widths[output]!, mostWorkgroups }, buffers)]
    },
    results: [wholeBuffer(buffer)],
    decode: (bytes, rows) =>
      widths.map((width, output) => {
        const ranges = new Uint32Array(bytes, offsets[2 * output], lengths[2 * output])
        const sums = new Float32Array(bytes, offsets[2 * output + 1], lengths[2 * output + 1])
        const sum = sums.reduce((total, part) => total + part, 0)
        return { constant: countConstant(ranges, width), mean: sum / (width * rows[output]!) }
      }),
  }
}
