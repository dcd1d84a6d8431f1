import { placeSlices } from '../gpu/buffers'
import type { ArrayRole, ArrayShape, Graph } from './graph'
import { paddedWidth } from './padding'

/** Numbers of a network's arrays without padding, [blocks, rows, columns] each, in the order of `arraysOf`. */
export type ArrayValues = readonly Float32Array[]

/** All arrays of a network, node by node. */
export function arraysOf({ nodes }: Pick<Graph, 'nodes'>): readonly ArrayShape[] {
  return nodes.flatMap(({ arrays }) => arrays)
}

export function arrayLength({ blocks, rows, columns }: ArrayShape): number {
  return blocks * rows * columns
}

/** Part of a flat buffer, in bytes. */
interface ByteRange {
  readonly offset: number
  readonly size: number
}

/**
 * Where the arrays lie in a flat f32 buffer: first all weights [in4, out4], then all biases, scales and shifts, then what
 * is not trained: running means and variances.
 */
export interface ParameterLayout {
  readonly arrays: readonly ArrayShape[]
  /** By array. */
  readonly ranges: readonly ByteRange[]
  /** Elements of the buffer; all of these counts are multiples of 4. */
  readonly length: number
  /** Elements before the first that is no weight. */
  readonly weightLength: number
  /** Elements before the first that is not trained. */
  readonly trainedLength: number
}

/** Regions of the buffer, in order. */
const REGIONS: readonly (readonly ArrayRole[])[] = [
  ['weights'],
  ['bias', 'scale', 'shift'],
  ['runningMean', 'runningVariance'],
]

/** @param alignmentBytes of every slice: `device.limits.minStorageBufferOffsetAlignment`. */
export function layoutParameters(arrays: readonly ArrayShape[], alignmentBytes: number): ParameterLayout {
  const slots = slotsOf(arrays)
  const { offsets, totalBytes } = placeSlices(
    slots.map((slot) => slot.reduce((sum, index) => sum + storedLength(arrays[index]!), 0)),
    alignmentBytes,
  )
  const ranges: ByteRange[] = []
  slots.forEach((slot, place) => {
    let offset = offsets[place]!
    for (const index of slot) {
      ranges[index] = { offset, size: storedLength(arrays[index]!) * 4 }
      offset += ranges[index].size
    }
  })
  const length = totalBytes / 4
  const startOf = (region: number): number => {
    const starts = ranges.filter((_, index) => regionOf(arrays[index]!) >= region).map(({ offset }) => offset / 4)
    return Math.min(length, ...starts)
  }
  return { arrays, ranges, length, weightLength: startOf(1), trainedLength: startOf(2) }
}

/** Arrays that lie without a gap: kernels read a running mean and the variance behind it as one slice. */
function slotsOf(arrays: readonly ArrayShape[]): readonly (readonly number[])[] {
  const slots: number[][] = []
  for (const index of orderByRegion(arrays)) {
    if (arrays[index]!.role === 'runningVariance') slots.at(-1)!.push(index)
    else slots.push([index])
  }
  return slots
}

/** Positions of arrays, weights first. */
export function orderByRegion(arrays: readonly ArrayShape[]): readonly number[] {
  return [...arrays.keys()].toSorted((a, b) => regionOf(arrays[a]!) - regionOf(arrays[b]!) || a - b)
}

export function regionOf({ role }: ArrayShape): number {
  return REGIONS.findIndex((roles) => roles.includes(role))
}

/** Elements with padding. */
function storedLength(array: ArrayShape): number {
  const rows = array.role === 'weights' ? paddedWidth(array.blocks * array.blockStride) : 1
  return rows * paddedWidth(array.columns)
}

/** The contents of a flat buffer; padding and gaps are 0. */
export function packParameters(layout: ParameterLayout, values: ArrayValues): Float32Array {
  const flat = new Float32Array(layout.length)
  forEachRow(layout, (array, from, to) => {
    flat.set(values[array]!.subarray(from, from + layout.arrays[array]!.columns), to)
  })
  return flat
}

/** The inverse of `packParameters`. */
export function unpackParameters(layout: ParameterLayout, flat: Float32Array): ArrayValues {
  const values = layout.arrays.map((array) => new Float32Array(arrayLength(array)))
  forEachRow(layout, (array, to, from) => {
    values[array]!.set(flat.subarray(from, from + layout.arrays[array]!.columns), to)
  })
  return values
}

/** Calls with the position of the array and where the row begins, without padding and in the flat buffer. */
function forEachRow(layout: ParameterLayout, visit: (array: number, unpadded: number, stored: number) => void): void {
  layout.arrays.forEach(({ blocks, rows, columns, blockStride }, array) => {
    const start = layout.ranges[array]!.offset / 4
    const stride = paddedWidth(columns)
    for (let block = 0; block < blocks; block++) {
      for (let row = 0; row < rows; row++) {
        visit(array, (block * rows + row) * columns, start + (block * blockStride + row) * stride)
      }
    }
  })
}
