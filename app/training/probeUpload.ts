import type { Dataset } from '../data/dataset'
import { targetWidth } from '../data/samples'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import { packRows, paddedWidth } from '../nn/padding'
import type { ProbeSet } from './probeSet'

/** Pieces and passes begin at multiples of this many rows, so that every slice is aligned; kernels have enough to do. */
export const ROWS_PER_BLOCK = 64

/** Rows `firstRow` ≤ row < `firstRow` + `rows` of a probe, which one binding holds. */
interface ProbePiece {
  readonly inputs: BufferSlice
  readonly firstRow: number
  readonly rows: number
}

/** A probe on the GPU: what runs with equal data, seed and size share. */
export interface UploadedProbe {
  readonly pieces: readonly ProbePiece[]
  /** Of the held-out rows, which come first. */
  readonly targets: BufferSlice
  /** Bytes of a row of inputs, and of one of targets. */
  readonly inputBytes: number
  readonly targetBytes: number
}

/** Equal for equal probes of one data set. */
export function probeKey(seed: number, { rows, heldOutRows }: ProbeSet): string {
  return `${seed} ${rows.length} ${heldOutRows}`
}

/** @param largestBinding bytes; `device.limits.maxStorageBufferBindingSize`. */
export function uploadProbe(
  scope: BufferScope,
  dataset: Dataset,
  { rows, heldOutRows }: ProbeSet,
  largestBinding: number,
): UploadedProbe {
  const targetColumns = targetWidth(dataset.task)
  const inputBytes = 4 * paddedWidth(dataset.features)
  const blocks = Math.max(1, Math.floor(largestBinding / (inputBytes * ROWS_PER_BLOCK)))
  const pieces: ProbePiece[] = []
  for (let firstRow = 0; firstRow < rows.length; firstRow += blocks * ROWS_PER_BLOCK) {
    const listed = rows.subarray(firstRow, firstRow + blocks * ROWS_PER_BLOCK)
    const inputs = scope.storageWith('probe inputs', packRows(dataset.inputs, dataset.features, listed))
    pieces.push({ inputs: wholeBuffer(inputs), firstRow, rows: listed.length })
  }
  const heldOut = packRows(dataset.targets, targetColumns, rows.subarray(0, heldOutRows))
  const targets = wholeBuffer(scope.storageWith('probe targets', heldOut))
  return { pieces, targets, inputBytes, targetBytes: 4 * paddedWidth(targetColumns) }
}
