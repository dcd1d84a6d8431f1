import { foldWorkgroups, type Workgroups } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { REDUCTION_WORKGROUP, type ReducingAdapter } from './reductionLanes'

/** How invocations share sums over rows; constants of shaders/shared/column_lanes.wgsl. */
export interface ColumnLanes {
  /** Quads of chunks per workgroup. */
  readonly SLOTS: number
  /** Invocations per quad of a chunk. */
  readonly LANES: number
}

export const COLUMN_CONSTANTS = ['SLOTS', 'LANES'] as const

/** 256 bytes side by side: what a GPU reads in one go. */
const WIDEST_SLOTS = 16
/** Fewer rows per invocation cost more in adding up the lanes than they save. */
const ROWS_PER_LANE = 4
/** Fewer invocations leave a part of every core idle. */
const SMALLEST_WORKGROUP = 64

/**
 * On GPUs as many lanes as the rows of a chunk keep busy, beside as many quads as are read together; on software
 * adapters, where barriers cost more than they save, one.
 * @param rows of a chunk.
 */
export function columnLanes(rows: number, channels: number, { software }: ReducingAdapter): ColumnLanes {
  if (software) return { SLOTS: WIDEST_SLOTS, LANES: 1 }
  const beside = Math.min(WIDEST_SLOTS, powerOfTwo(paddedWidth(channels) / 4))
  const LANES = Math.min(REDUCTION_WORKGROUP / beside, powerOfTwo(rows / ROWS_PER_LANE))
  return { SLOTS: Math.max(beside, SMALLEST_WORKGROUP / LANES), LANES }
}

/** @param items chunks · quads. */
export function columnWorkgroups(items: number, { SLOTS }: ColumnLanes): Workgroups {
  return foldWorkgroups(Math.ceil(items / SLOTS))
}

/** The smallest power of two ≥ `count`, at least 1. */
function powerOfTwo(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, count)))
}

/** For the record kept with every result: “4 quads × 16 lanes”. */
export function describeColumnLanes({ SLOTS, LANES }: ColumnLanes): string {
  return `${SLOTS} quads × ${LANES} lanes`
}
