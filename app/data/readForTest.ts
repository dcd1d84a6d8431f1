import { writeIdx } from '../../e2e/tools/idxFiles'
import { readPng } from '../../e2e/tools/pngFiles'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { DecodePicture } from './files/decodePicture'
import { readPictureHeader } from './files/pictureHeader'
import { readDatasetFiles, type FilesRead } from './readDatasetFiles'

/** Reads files as the worker does, for tests that care about nothing but the result; names are paths. */
export function readForTest(files: readonly File[], spec?: FileDataSpec): Promise<FilesRead> {
  const { signal } = new AbortController()
  return readDatasetFiles(files, spec, { seed: 1, onProgress: () => {}, signal, decode: decodeForTest })
}

/** Decodes PNG files of pngFiles.ts; in place of JPEG there is red of the same size. */
export const decodeForTest: DecodePicture = async (picture) => {
  const file = new Uint8Array(await picture.arrayBuffer())
  const { type, width, height } = readPictureHeader(file)
  const { channels, bytes } = type === 'image/png' ? readPng(file) : { channels: 4, bytes: redPixels(width * height) }
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 4; channel++) {
      if (channel === 3 && channels < 4) continue
      rgba[pixel * 4 + channel] = bytes[pixel * channels + (channels === 1 ? 0 : channel)]!
    }
  }
  return { width, height, rgba }
}

function redPixels(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 4 }, (_, index) => (index % 4 === 0 || index % 4 === 3 ? 255 : 0))
}

/** The message with which the files are refused. */
export async function refusal(files: readonly File[], spec?: FileDataSpec): Promise<string> {
  try {
    await readForTest(files, spec)
  } catch (error) {
    if (error instanceof Error && error.name === 'DataError') return error.message
    throw error
  }
  throw new Error('The files were accepted.')
}

export function fileOf(name: string, content: string | Uint8Array<ArrayBuffer>): File {
  return new File([content], name)
}

/** `count` images of 2×3 bytes in which sample i holds 6i, 6i + 1, … modulo 256, and labels 0, 1, 2, 0, …. */
export function smallPair(count: number, name = 'train'): [images: File, labels: File] {
  const pixels = Uint8Array.from({ length: 6 * count }, (_, index) => index % 256)
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 3)
  return [
    fileOf(`${name}-images-idx3-ubyte`, writeIdx([count, 2, 3], pixels)),
    fileOf(`${name}-labels-idx1-ubyte`, writeIdx([count], labels)),
  ]
}
