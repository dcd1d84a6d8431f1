import { DataError } from '../dataError'
import type { ByteStream } from './byteStream'
import { idxTypeOf } from './idxHeader'

export type FileFormat = 'idx' | 'csv'

/** Bytes looked at to tell what a file is. */
const HEAD_BYTES = 512

/** Files people drop by mistake, by how they begin. */
const OTHER_FORMATS: readonly (readonly [start: readonly number[], description: string])[] = [
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive (or a spreadsheet)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'a NumPy array'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive'],
]

/**
 * Tells IDX from tables by the bytes, not the name.
 *
 * @throws DataError where the file is neither
 */
export async function detectFormat(stream: ByteStream): Promise<FileFormat> {
  const head = await stream.peek(HEAD_BYTES)
  const { name } = stream.file
  if (head.length === 0) throw new DataError(`${name} holds nothing once inflated. Choose the file with the data.`)
  if (idxTypeOf(head) !== undefined) return 'idx'
  if (/idx\d|ubyte/i.test(name)) {
    throw new DataError(
      `${name} is not an IDX file: it begins with the bytes ${formatBytes(head)}, expected 00 00, a type (08 for bytes) ` +
        'and the number of dimensions (03 for images, 01 for labels). Download or copy it again.',
    )
  }
  const other = OTHER_FORMATS.find(([start]) => start.every((byte, index) => head[index] === byte))
  if (other === undefined && isText(head)) return 'csv'
  throw new DataError(
    `${name} ${other === undefined ? `begins with the bytes ${formatBytes(head)}, which is no format read here` : `is ${other[1]}`}. ` +
      'Expected IDX files (MNIST’s format: images and labels, .gz too) or one CSV table.',
  )
}

/** Text has no zero bytes, save in UTF-16, which says so at its start. */
function isText(head: Uint8Array): boolean {
  return textEncoding(head) !== 'utf-8' || !head.includes(0)
}

/** By the byte order mark. */
export function textEncoding(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function formatBytes(head: Uint8Array): string {
  return Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
