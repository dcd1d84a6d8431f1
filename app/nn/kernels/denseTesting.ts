import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { paddedWidth, padRows, unpadRows } from '../padding'
import type { Dropout } from '../reference/dropout'
import { createMatrix, type Matrix } from '../reference/matrix'
import type { ForcedVariant } from '../variants'
import type { DenseShape } from './denseForward'
import { readFloats, testValues } from './kernelTesting'

/** Helpers of the tests of dense kernels. */

const AWKWARD_SIZES = [1, 3, 15, 16, 17, 64, 257]

/** Rows, inputs and outputs such that each pair of awkward sizes occurs in each pair of places. */
export const AWKWARD_SHAPES: readonly DenseShape[] = AWKWARD_SIZES.flatMap((rows, first) =>
  AWKWARD_SIZES.map((inputs, second) => ({
    rows,
    inputs,
    outputs: AWKWARD_SIZES[(first + second) % AWKWARD_SIZES.length]!,
  })),
)

/** Every way a product is computed, with and without splits. */
export const ALL_VARIANTS: readonly Required<ForcedVariant>[] = [
  { tile: 8, splits: 1 },
  { tile: 8, splits: 3 },
  { tile: 16, splits: 1 },
  { tile: 32, splits: 1 },
  { tile: 32, splits: 4 },
  { tile: 64, splits: 1 },
  { tile: 'narrow', splits: 1 },
  { tile: 'narrow', splits: 3 },
]

/** [rows, columns] of numbers in [−1, 1), exact in f32. */
export function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  return createMatrix(rows, columns, Float64Array.from(testValues(rows * columns, seed)))
}

/** As the kernels store it: columns padded, and rows too where `padsRows` (weights). */
export function uploadMatrix(scope: BufferScope, matrix: Matrix, padsRows = false): BufferSlice {
  const rows = padsRows ? paddedWidth(matrix.rows) : matrix.rows
  const stored = new Float32Array(rows * paddedWidth(matrix.columns))
  stored.set(padRows(matrix.values, matrix.rows, matrix.columns))
  return wholeBuffer(scope.storageWith('matrix', stored))
}

export function uploadVector(scope: BufferScope, values: Float64Array): BufferSlice {
  return uploadMatrix(scope, { rows: 1, columns: values.length, values })
}

/** A result to be, full of a number that no kernel leaves there by accident. */
export function poisoned(scope: BufferScope, rows: number, columns: number): BufferSlice {
  return wholeBuffer(scope.storageWith('result', new Float32Array(rows * paddedWidth(columns)).fill(-12345.5)))
}

/** `Control` with `step` updates done. */
export function uploadControl(scope: BufferScope, step: number): BufferSlice {
  return wholeBuffer(
    scope.storageWith(
      'control',
      Uint32Array.from({ length: 12 }, (_, word) => (word === 0 ? step : 0)),
    ),
  )
}

/** What a kernel stored as [rows, columns] with padding. */
export interface StoredMatrix {
  readonly values: Float32Array
  /** True where the padding columns, and all rows past `rows`, are exactly 0. */
  readonly paddingIsZero: boolean
}

export async function readMatrix(gpu: Gpu, slice: BufferSlice, rows: number, columns: number): Promise<StoredMatrix> {
  const stored = await readFloats(gpu, slice.buffer)
  const values = unpadRows(stored, rows, columns)
  const padded = padRows(values, rows, columns)
  const paddingIsZero = stored.every((value, index) => value === (padded[index] ?? 0) || Number.isNaN(padded[index]))
  return { values, paddingIsZero }
}

export const NO_DROPOUT: Dropout = { rate: 0, seed: 1, layer: 1, step: 0 }
