import type { BufferScope, BufferSlice } from '../gpu/buffers'
import { wholeBuffer } from '../gpu/buffers'
import { paddedWidth } from './padding'

/** What outputs are compared with: class numbers, values, or the sample that the network reads. */
export type TargetKind = 'classes' | 'values' | 'inputs'

/** The data set as the network reads it: training rows first. */
export interface SampleTable {
  readonly rows: number
  readonly features: number
  /** 1 for classification (the class number), else the number of regression outputs. */
  readonly targetColumns: number
  /** [rows, features], row-major. */
  readonly inputs: Float32Array
  /** [rows, targetColumns], row-major. */
  readonly targets: Float32Array
}

/** Consecutive rows of the data set in one buffer. */
interface SampleChunk {
  readonly slice: BufferSlice
  readonly firstRow: number
  readonly rows: number
}

/** A data set on the GPU. A row is the padded inputs followed by the padded targets. */
export interface UploadedSamples {
  readonly features: number
  readonly targetColumns: number
  readonly chunks: readonly SampleChunk[]
}

/**
 * Copies a data set to the GPU, in as few buffers as the adapter's limit on one binding allows.
 * @param largestBinding bytes; `device.limits.maxStorageBufferBindingSize`.
 */
export function uploadSamples(scope: BufferScope, table: SampleTable, largestBinding: number): UploadedSamples {
  const rowBytes = 4 * (paddedWidth(table.features) + paddedWidth(table.targetColumns))
  const rowsPerChunk = Math.max(1, Math.floor(largestBinding / rowBytes))
  const chunks: SampleChunk[] = []
  for (let firstRow = 0; firstRow < table.rows; firstRow += rowsPerChunk) {
    const rows = Math.min(rowsPerChunk, table.rows - firstRow)
    const buffer = scope.storageWith('samples', packSampleRows(table, firstRow, rows))
    chunks.push({ slice: wholeBuffer(buffer), firstRow, rows })
  }
  return { features: table.features, targetColumns: table.targetColumns, chunks }
}

function packSampleRows(table: SampleTable, firstRow: number, rows: number): Float32Array {
  const { features, targetColumns, inputs, targets } = table
  const targetStart = paddedWidth(features)
  const stride = targetStart + paddedWidth(targetColumns)
  const packed = new Float32Array(rows * stride)
  for (let index = 0; index < rows; index++) {
    const row = firstRow + index
    packed.set(inputs.subarray(row * features, (row + 1) * features), index * stride)
    packed.set(targets.subarray(row * targetColumns, (row + 1) * targetColumns), index * stride + targetStart)
  }
  return packed
}
