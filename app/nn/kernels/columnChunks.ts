import { packUniform } from '../../gpu/kernel'
import { paddedWidth } from '../padding'
import { columnLanes, type ColumnLanes } from './columnLanes'
import type { ReducingAdapter } from './reductionLanes'

/** Fields of `ColumnChunks` in shaders/shared/column_chunks.wgsl. */
export const COLUMN_CHUNKS_FIELDS = {
  rows: 'u32',
  chunk_rows: 'u32',
  chunks: 'u32',
  channels: 'u32',
  channel_quads: 'u32',
} as const

/** A reduction over all rows of a tensor [rows, channels] in two stages: chunk by chunk, then over the chunks. */
export interface ColumnChunks {
  readonly rows: number
  readonly channels: number
  /** Of all chunks but the last. */
  readonly chunkRows: number
  /** How invocations share a chunk, and how they share the second stage. */
  readonly lanes: ColumnLanes
  readonly finishLanes: ColumnLanes
}

/** The second stage is short, and few workgroups do it. */
const MOST_CHUNKS = 256
/** Enough work for an invocation to be worth starting, few enough for all cores to take part. */
const ROWS_PER_LANE = 8
const ROWS_PER_SOFTWARE_LANE = 128

/** @param rows positions of all samples. */
export function columnChunks(rows: number, channels: number, adapter: ReducingAdapter): ColumnChunks {
  const lanes = columnLanes(rows, channels, adapter)
  const perLane = Math.max(
    adapter.software ? ROWS_PER_SOFTWARE_LANE : ROWS_PER_LANE,
    Math.ceil(rows / MOST_CHUNKS / lanes.LANES),
  )
  const chunkRows = perLane * lanes.LANES
  const finishLanes = columnLanes(Math.ceil(rows / chunkRows), channels, adapter)
  return { rows, channels, chunkRows, lanes, finishLanes }
}

export function chunkCount({ rows, chunkRows }: ColumnChunks): number {
  return Math.ceil(rows / chunkRows)
}

/** vec4s of one row of the tensor. */
export function chunkQuads({ channels }: ColumnChunks): number {
  return paddedWidth(channels) / 4
}

/** Bytes of `leading` rows of totals and two rows of results for each chunk. */
export function chunkScratchBytes(chunks: ColumnChunks, leading: number): number {
  return (leading + 2 * chunkCount(chunks)) * chunkQuads(chunks) * 16
}

export function packColumnChunks(chunks: ColumnChunks): ArrayBuffer {
  return packUniform(COLUMN_CHUNKS_FIELDS, {
    rows: chunks.rows,
    chunk_rows: chunks.chunkRows,
    chunks: chunkCount(chunks),
    channels: chunks.channels,
    channel_quads: chunkQuads(chunks),
  })
}
