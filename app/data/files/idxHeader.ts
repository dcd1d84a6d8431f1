import { DataError, formatCount } from '../dataError'
import type { ByteStream } from './byteStream'

/** How an IDX file stores its numbers, which are big-endian. */
export type IdxType = 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64'

export interface IdxHeader {
  readonly type: IdxType
  /** The number of items first. */
  readonly dimensions: readonly number[]
  /** Numbers in all. */
  readonly values: number
  /** Bytes of the numbers. */
  readonly payloadBytes: number
}

const VALUE_BYTES: Readonly<Record<IdxType, number>> = {
  uint8: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  float32: 4,
  float64: 8,
}
const TYPE_CODES: Readonly<Partial<Record<number, IdxType>>> = {
  0x08: 'uint8',
  0x09: 'int8',
  0x0b: 'int16',
  0x0c: 'int32',
  0x0d: 'float32',
  0x0e: 'float64',
}
const MAGIC_BYTES = 4
/** Items, height, width, channels. */
const MAX_DIMENSIONS = 4
/** Deflate cannot do better than 258 bytes for 2 bits. */
const MAX_INFLATION = 1032

/** What the first bytes say an IDX file holds; undefined where it is none. */
export function idxTypeOf(head: Uint8Array): IdxType | undefined {
  return head[0] === 0 && head[1] === 0 ? TYPE_CODES[head[2] ?? -1] : undefined
}

/**
 * Takes the header and checks it against the size of the file, so that no lie in it is ever allocated.
 *
 * @throws DataError where it promises more or less than the file can hold
 */
export async function readIdxHeader(stream: ByteStream): Promise<IdxHeader> {
  const { name } = stream.file
  const magic = new Uint8Array(MAGIC_BYTES)
  const dimensionCount = (await stream.readInto(magic)) === MAGIC_BYTES ? magic[3]! : 0
  const type = idxTypeOf(magic)
  if (type === undefined || dimensionCount < 1 || dimensionCount > MAX_DIMENSIONS) {
    throw new DataError(
      `${name}: byte 3 says ${dimensionCount} dimensions, expected 1 for labels, 2 to 4 for samples. ` +
        'Is this an IDX file, whole and unchanged?',
    )
  }
  const sizes = new Uint8Array(4 * dimensionCount)
  if ((await stream.readInto(sizes)) < sizes.length) {
    throw new DataError(
      `${name} ends inside its header of ${MAGIC_BYTES + sizes.length} bytes: it is cut short. Download or copy it again.`,
    )
  }
  const view = new DataView(sizes.buffer)
  const dimensions = Array.from({ length: dimensionCount }, (_, index) => view.getUint32(4 * index))
  const values = dimensions.reduce((product, size) => product * size, 1)
  const header = { type, dimensions, values, payloadBytes: values * VALUE_BYTES[type] }
  checkSize(stream, header, MAGIC_BYTES + sizes.length)
  return header
}

/** The product of four 32-bit sizes is below 2¹³¹: inexact as a float64, but never mistaken for a size that fits. */
function checkSize(stream: ByteStream, header: IdxHeader, headerBytes: number): void {
  const { file, compressed } = stream
  const said = `${file.name}: the header says ${header.dimensions.map(formatCount).join(' × ')} values (${header.type})`
  if (header.values === 0) throw new DataError(`${said}, so there is nothing in it. Choose another file.`)
  const held = file.size - headerBytes
  if (!compressed && held !== header.payloadBytes) {
    throw new DataError(
      `${said}, which is ${formatCount(header.payloadBytes)} bytes, but ${formatCount(held)} follow it. ` +
        `The file is ${held < header.payloadBytes ? 'cut short, or its header is wrong' : 'too long for its header'}. ` +
        'Download or copy it again.',
    )
  }
  if (compressed && header.payloadBytes > file.size * MAX_INFLATION) {
    throw new DataError(
      `${said}, which is ${formatCount(header.payloadBytes)} bytes, more than ${formatCount(file.size)} compressed bytes ` +
        'can hold. The header is wrong or the file is cut short. Download or copy it again.',
    )
  }
}
