import type { PassShape } from '../kernels/covariancePass'

/**
 * Means of chunks of rows relative to `pivot`, in float64.
 * @param source [rows, stride]
 * @param pivot [stride]
 * @returns by chunk: [stride]
 */
export function chunkMeans(
  source: ArrayLike<number>,
  pivot: ArrayLike<number>,
  { firstRow, endRow, chunkRows }: PassShape,
): Float64Array[] {
  const stride = pivot.length
  const means: Float64Array[] = []
  for (let start = firstRow; start < endRow; start += chunkRows) {
    const end = Math.min(start + chunkRows, endRow)
    const mean = new Float64Array(stride)
    for (let row = start; row < end; row++) {
      for (let column = 0; column < stride; column++) mean[column]! += source[row * stride + column]! - pivot[column]!
    }
    for (let column = 0; column < stride; column++) mean[column]! /= end - start
    means.push(mean)
  }
  return means
}
