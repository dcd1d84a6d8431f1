import { DataError } from '../dataError'
import type { ByteStream } from './byteStream'
import { RECORD_BYTES } from './cifar10Files'
import { idxTypeOf } from './idxHeader'

export type FileFormat = 'idx' | 'cifar10' | 'csv'

/** Bytes looked at to tell what a file is. */
const HEAD_BYTES = 512

/** Formats by how their files begin, or by what stands at `offset`. */
const KNOWN_FORMATS: readonly { readonly bytes: readonly number[]; readonly offset?: number; readonly is: string }[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: 'a PNG picture' },
  { bytes: [0xff, 0xd8, 0xff], is: 'a JPEG picture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: 'a GIF picture' },
  { bytes: [0x57, 0x45, 0x42, 0x50], offset: 8, is: 'a WebP picture' },
  { bytes: [0x66, 0x74, 0x79, 0x70], offset: 4, is: 'an AVIF or HEIC picture, or a video' },
  { bytes: [0x42, 0x4d], is: 'a BMP picture' },
  { bytes: [0x49, 0x49, 0x2a, 0x00], is: 'a TIFF picture' },
  { bytes: [0x4d, 0x4d, 0x00, 0x2a], is: 'a TIFF picture' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: 'a zip archive (or a spreadsheet)' },
  { bytes: [0x75, 0x73, 0x74, 0x61, 0x72], offset: 257, is: 'a tar archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF' },
  { bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], is: 'a NumPy array' },
  { bytes: [0x89, 0x48, 0x44, 0x46], is: 'an HDF5 file' },
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file' },
  { bytes: [0x42, 0x5a, 0x68], is: 'a bzip2 archive' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], is: 'an xz archive' },
]

/** The batches of CIFAR-10's binary version: data_batch_1.bin to data_batch_5.bin and test_batch.bin. */
const CIFAR_NAME = /(data|test)_batch[^/]*\.bin(\.gz)?$/i

/**
 * Tells IDX and CIFAR-10 from tables by the bytes and, where those say too little, by size and name.
 *
 * @throws DataError where the file is none of them
 */
export async function detectFormat(stream: ByteStream): Promise<FileFormat> {
  const head = await stream.peek(HEAD_BYTES)
  const { name } = stream.file
  if (head.length === 0) throw new DataError(`${name} holds nothing once inflated. Choose the file with the data.`)
  if (CIFAR_NAME.test(name)) return 'cifar10'
  if (idxTypeOf(head) !== undefined) return 'idx'
  if (/idx\d|ubyte/i.test(name)) {
    throw new DataError(
      `${name} is not an IDX file: it begins with the bytes ${formatBytes(head)}, expected 00 00, a type (08 for bytes) ` +
        'and the number of dimensions (03 for images, 01 for labels). Download or copy it again.',
    )
  }
  const other = describeBytes(head)
  if (other === undefined && isText(head)) return 'csv'
  if (other === undefined && holdsRecords(stream, head)) return 'cifar10'
  const unpack = other?.includes('archive') ? 'Unpack it and choose what is in it. ' : ''
  throw new DataError(
    `${name} ${other === undefined ? `begins with the bytes ${formatBytes(head)}, which is no format read here` : `is ${other}`}. ` +
      `${unpack}Expected IDX files (MNIST’s format: images and labels, .gz too), CIFAR-10’s binary batches, a folder ` +
      'of PNG or JPEG pictures, or one CSV table.',
  )
}

/** “a GIF picture”; undefined for what is not known. */
export function describeBytes(head: Uint8Array): string | undefined {
  return KNOWN_FORMATS.find(({ bytes, offset = 0 }) => bytes.every((byte, index) => head[offset + index] === byte))?.is
}

/** CIFAR-10's batches have nothing at their start to know them by but a label. */
function holdsRecords({ file, compressed }: ByteStream, head: Uint8Array): boolean {
  return !compressed && file.size % RECORD_BYTES === 0 && head[0]! < 10
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

export function formatBytes(head: Uint8Array): string {
  return Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
