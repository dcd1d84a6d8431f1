/** Numbers as IDX stores them: the code of the type, its bytes, and how to write one, big-endian. */
const TYPES = {
  uint8: { code: 0x08, bytes: 1, write: (view: DataView, at: number, value: number) => view.setUint8(at, value) },
  int8: { code: 0x09, bytes: 1, write: (view: DataView, at: number, value: number) => view.setInt8(at, value) },
  int16: { code: 0x0b, bytes: 2, write: (view: DataView, at: number, value: number) => view.setInt16(at, value) },
  int32: { code: 0x0c, bytes: 4, write: (view: DataView, at: number, value: number) => view.setInt32(at, value) },
  float32: { code: 0x0d, bytes: 4, write: (view: DataView, at: number, value: number) => view.setFloat32(at, value) },
  float64: { code: 0x0e, bytes: 8, write: (view: DataView, at: number, value: number) => view.setFloat64(at, value) },
} as const

/**
 * An IDX file: MNIST's format (http://yann.lecun.com/exdb/mnist): two zero bytes, type, number of dimensions, the
 * dimensions as 32-bit integers, then the values in row-major order, all big-endian.
 *
 * @param values product of `dimensions` many
 */
export function writeIdx(
  dimensions: readonly number[],
  values: ArrayLike<number>,
  type: keyof typeof TYPES = 'uint8',
): Uint8Array<ArrayBuffer> {
  const { code, bytes, write } = TYPES[type]
  const headerBytes = 4 + 4 * dimensions.length
  const file = new Uint8Array(headerBytes + values.length * bytes)
  const view = new DataView(file.buffer)
  file.set([0, 0, code, dimensions.length])
  dimensions.forEach((size, index) => view.setUint32(4 + 4 * index, size))
  for (let index = 0; index < values.length; index++) write(view, headerBytes + index * bytes, values[index]!)
  return file
}

/** Pictures with pixels in [0, 1], [count, side, side], as MNIST's pair of files. */
export function writeMnistPair(pictures: ArrayLike<number>, labels: ArrayLike<number>, side: number) {
  const bytes = Uint8Array.from(pictures, (pixel) => Math.round(255 * pixel))
  return {
    images: writeIdx([labels.length, side, side], bytes),
    labels: writeIdx([labels.length], labels),
  }
}
