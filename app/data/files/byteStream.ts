import { DataError } from '../dataError'
import { readSlice, readSlices, type Reading } from './fileSlices'
import { inflateGzip, isGzip } from './gzip'

/** The bytes of a file from front to back, inflated where the file is gzip, never more than a piece of them at once. */
export class ByteStream {
  readonly file: File
  /** Whether `file.size` counts compressed bytes. */
  readonly compressed: boolean
  readonly #chunks: AsyncGenerator<Uint8Array, void>
  #buffered: Uint8Array = new Uint8Array(0)

  private constructor(file: File, compressed: boolean, chunks: AsyncGenerator<Uint8Array, void>) {
    this.file = file
    this.compressed = compressed
    this.#chunks = chunks
  }

  /** @throws DataError where the file is empty or cannot be read */
  static async open(file: File, reading: Reading): Promise<ByteStream> {
    if (file.size === 0) throw new DataError(`${file.name} is empty (0 bytes). Choose the file that holds the data.`)
    const start = await readSlice(file, 0, 2)
    const slices = readSlices(file, reading)
    return isGzip(start) ? new ByteStream(file, true, inflateGzip(file, slices)) : new ByteStream(file, false, slices)
  }

  /** The next bytes without taking them: `length` of them, or what is left where that is less. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#buffered.length < length) {
      const chunk = await this.#pull()
      if (chunk === undefined) break
      const joined = new Uint8Array(this.#buffered.length + chunk.length)
      joined.set(this.#buffered)
      joined.set(chunk, this.#buffered.length)
      this.#buffered = joined
    }
    return this.#buffered.subarray(0, length)
  }

  /** The next bytes, however many are at hand; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.#buffered.length === 0) return this.#pull()
    const chunk = this.#buffered
    this.#buffered = new Uint8Array(0)
    return chunk
  }

  /** Takes bytes until `target` is full; returns how many there were. */
  async readInto(target: Uint8Array): Promise<number> {
    let filled = 0
    while (filled < target.length) {
      const chunk = await this.next()
      if (chunk === undefined) break
      const used = Math.min(chunk.length, target.length - filled)
      target.set(chunk.subarray(0, used), filled)
      filled += used
      this.#buffered = chunk.subarray(used)
    }
    return filled
  }

  async #pull(): Promise<Uint8Array | undefined> {
    const result = await this.#chunks.next()
    return result.done === true ? undefined : result.value
  }
}
