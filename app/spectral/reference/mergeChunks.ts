import type { PassShape } from '../kernels/covariancePass'

/** Running state of one output in float64; changed in place by `mergeChunks`. */
export interface RunningMoments {
  count: number
  /** [stride] Relative to the pivot. */
  readonly mean: Float64Array
  /** [stride, stride] The lower triangle. */
  readonly scatter: Float64Array
}

export function noMoments(stride: number): RunningMoments {
  return { count: 0, mean: new Float64Array(stride), scatter: new Float64Array(stride * stride) }
}

/** Merges chunk after chunk by Chan's formula. */
export function mergeChunks(
  moments: RunningMoments,
  means: readonly Float64Array[],
  scatters: readonly Float64Array[],
  { firstRow, endRow, chunkRows }: PassShape,
): void {
  const { mean, scatter } = moments
  const stride = mean.length
  means.forEach((chunkMean, chunk) => {
    const start = firstRow + chunk * chunkRows
    const chunkCount = Math.min(start + chunkRows, endRow) - start
    const share = chunkCount / (moments.count + chunkCount)
    const shift = chunkMean.map((value, column) => value - mean[column]!)
    for (let i = 0; i < stride; i++) {
      for (let j = 0; j <= i; j++) {
        scatter[i * stride + j]! += scatters[chunk]![i * stride + j]! + shift[i]! * shift[j]! * share * moments.count
      }
    }
    for (let column = 0; column < stride; column++) mean[column]! += shift[column]! * share
    moments.count += chunkCount
  })
}
