/** Widths on the GPU are multiples of 4, so that every row is a whole number of vec4. */
export function paddedWidth(width: number): number {
  return Math.ceil(width / 4) * 4
}

/** [rows, width] → [rows, paddedWidth(width)] in f32, padding columns 0. */
export function padRows(values: ArrayLike<number>, rows: number, width: number): Float32Array {
  const stride = paddedWidth(width)
  const padded = new Float32Array(rows * stride)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) padded[row * stride + column] = values[row * width + column]!
  }
  return padded
}

/** Listed rows of a matrix [any, width], in the order of the list → [listed.length, paddedWidth(width)]. */
export function packRows(values: Float32Array, width: number, listed: Uint32Array): Float32Array {
  const stride = paddedWidth(width)
  const packed = new Float32Array(listed.length * stride)
  listed.forEach((row, index) => packed.set(values.subarray(row * width, (row + 1) * width), index * stride))
  return packed
}

/** [rows, paddedWidth(width)] → [rows, width]: drops the padding columns. */
export function unpadRows(padded: ArrayLike<number>, rows: number, width: number): Float32Array {
  const stride = paddedWidth(width)
  const values = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) values[row * width + column] = padded[row * stride + column]!
  }
  return values
}
