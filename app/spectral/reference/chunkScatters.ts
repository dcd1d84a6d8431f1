import type { PassShape } from '../kernels/covariancePass'

/**
 * Scatter matrices of chunks of rows about each chunk's own mean, in float64.
 * @param source [rows, stride]
 * @param pivot [stride]
 * @param means by chunk: [stride], relative to the pivot.
 * @returns by chunk: [stride, stride], the lower triangle.
 */
export function chunkScatters(
  source: ArrayLike<number>,
  pivot: ArrayLike<number>,
  means: readonly Float64Array[],
  { firstRow, endRow, chunkRows }: PassShape,
): Float64Array[] {
  const stride = pivot.length
  const centred = new Float64Array(stride)
  return means.map((mean, chunk) => {
    const start = firstRow + chunk * chunkRows
    const end = Math.min(start + chunkRows, endRow)
    const scatter = new Float64Array(stride * stride)
    for (let row = start; row < end; row++) {
      for (let i = 0; i < stride; i++) centred[i] = source[row * stride + i]! - pivot[i]! - mean[i]!
      for (let i = 0; i < stride; i++) {
        for (let j = 0; j <= i; j++) scatter[i * stride + j]! += centred[i]! * centred[j]!
      }
    }
    return scatter
  })
}
