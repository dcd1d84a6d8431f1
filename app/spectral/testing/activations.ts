import { seededNormal } from './random'

/** Activations [rows, width] of correlated normal features, each about its own mean of `offset` deviations or less. */
export function correlatedActivations(rows: number, width: number, offset: number, seed: number): Float32Array {
  const normal = seededNormal(seed)
  const values = new Float32Array(rows * width)
  const means = Array.from({ length: width }, (_, column) => offset * Math.cos(column))
  for (let row = 0; row < rows; row++) {
    let carried = 0
    for (let column = 0; column < width; column++) {
      carried = 0.6 * carried + 0.8 * normal()
      values[row * width + column] = carried + means[column]!
    }
  }
  return values
}

/** [rows, width] with rows padded by zeros to a multiple of four floats, as kernels read them. */
export function padToQuads(values: Float32Array, rows: number, width: number): Float32Array {
  const stride = Math.ceil(width / 4) * 4
  const padded = new Float32Array(rows * stride)
  for (let row = 0; row < rows; row++) padded.set(values.subarray(row * width, (row + 1) * width), row * stride)
  return padded
}
