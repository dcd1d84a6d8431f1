import { writeIdx } from '../../e2e/tools/idxFiles'
import type { FileDataSpec } from '../experiment/spec'
import { readDatasetFiles, type FilesRead } from './readDatasetFiles'

/** Reads files as the worker does, for tests that care about nothing but the result. */
export function readForTest(files: readonly File[], spec?: FileDataSpec): Promise<FilesRead> {
  return readDatasetFiles(files, spec, { seed: 1, onProgress: () => {}, signal: new AbortController().signal })
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
