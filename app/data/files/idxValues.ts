import { DataError, formatCount } from '../dataError'
import type { ByteStream } from './byteStream'
import type { IdxHeader, IdxType } from './idxHeader'

/** The numbers of an IDX file as stored. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array

/**
 * Reads what follows the header.
 *
 * @throws DataError where there is more or less of it than the header says, or a value is not finite
 */
export async function readIdxValues(stream: ByteStream, header: IdxHeader): Promise<IdxValues> {
  const bytes = allocateBytes(stream.file.name, header.payloadBytes)
  const held = await stream.readInto(bytes)
  // Past the last byte a gzip file's checksum is compared.
  const surplus = await stream.next()
  if (held < bytes.length || surplus !== undefined) {
    throw new DataError(
      `${stream.file.name}: the header says ${header.dimensions.map(formatCount).join(' × ')} values, which is ` +
        `${formatCount(bytes.length)} bytes, but ${surplus === undefined ? `only ${formatCount(held)}` : 'more'} follow it. ` +
        'The file is cut short or its header is wrong. Download or copy it again.',
    )
  }
  const values = DECODERS[header.type](bytes.buffer)
  checkFinite(values, header, stream.file.name)
  return values
}

function allocateBytes(fileName: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length)
  } catch (cause) {
    const megabytes = formatCount(Math.ceil(length / 2 ** 20))
    throw new DataError(
      `${fileName} holds ${megabytes} megabytes of values, more than this browser grants. Use a smaller file.`,
      { cause },
    )
  }
}

/** Turn big-endian numbers into the machine's own, in place: value i is read and written at the same bytes. */
const DECODERS: Readonly<Record<IdxType, (buffer: ArrayBuffer) => IdxValues>> = {
  uint8: (buffer) => new Uint8Array(buffer),
  int8: (buffer) => new Int8Array(buffer),
  int16: (buffer) => decode(new Int16Array(buffer), (view, offset) => view.getInt16(offset)),
  int32: (buffer) => decode(new Int32Array(buffer), (view, offset) => view.getInt32(offset)),
  float32: (buffer) => decode(new Float32Array(buffer), (view, offset) => view.getFloat32(offset)),
  float64: (buffer) => decode(new Float64Array(buffer), (view, offset) => view.getFloat64(offset)),
}

function decode<Values extends IdxValues>(values: Values, read: (view: DataView, offset: number) => number): Values {
  const view = new DataView(values.buffer)
  for (let index = 0; index < values.length; index++) values[index] = read(view, index * values.BYTES_PER_ELEMENT)
  return values
}

function checkFinite(values: IdxValues, header: IdxHeader, fileName: string): void {
  if (header.type !== 'float32' && header.type !== 'float64') return
  for (let index = 0; index < values.length; index++) {
    // Beyond float32's largest number training would see infinity.
    if (Number.isFinite(Math.fround(values[index]!))) continue
    const item = Math.floor(index / (header.values / header.dimensions[0]!))
    throw new DataError(
      `${fileName}: item ${formatCount(item)} (counted from 0) holds ${values[index]}, expected finite numbers. ` +
        'Clean the file and choose it again.',
    )
  }
}
