import { DataError } from '../dataError'

/** What reading of any file needs besides the file. */
export interface Reading {
  readonly signal: AbortSignal
  /** Called after each slice with the bytes it took from the disk. */
  onBytesRead(bytes: number, file: File): void
}

/** Small enough to cancel at once, large enough that the reads do not show. */
const SLICE_BYTES = 2 ** 18

/**
 * The bytes of a file as they lie on the disk.
 *
 * @throws DataError where the file cannot be read, the signal's reason where it is aborted
 */
export async function* readSlices(file: File, reading: Reading): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    reading.signal.throwIfAborted()
    const slice = await readSlice(file, start, start + SLICE_BYTES)
    reading.signal.throwIfAborted()
    reading.onBytesRead(slice.length, file)
    yield slice
  }
}

/** @throws DataError where the file is gone, is a folder or may not be read */
export async function readSlice(file: File, start: number, end: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer())
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DataError(
      `${file.name} could not be read at byte ${start} (${reason}). It may have been moved or changed, or be a folder. Choose it again.`,
      { cause },
    )
  }
}
