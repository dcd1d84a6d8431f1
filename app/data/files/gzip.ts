import { Gunzip } from 'fflate'
import { DataError, formatCount } from '../dataError'
import { updateCrc32 } from './crc32'
import { readSlice } from './fileSlices'

/** Compressed bytes inflated at a time: even at deflate's best, 1,032 to 1, they become only 34 megabytes. */
const PIECE_BYTES = 2 ** 15
/** CRC-32 and length of the inflated data, both little-endian, end every member. */
const TRAILER_BYTES = 8

/** One of the compressed streams that a gzip file consists of; nearly always there is just one. */
interface Member {
  readonly start: number
  crc: number
  length: number
}

export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b
}

/**
 * Inflates a gzip file piece by piece. Checksum and length are compared once the last byte was taken, so whoever
 * reads must read to the end to know that the data are sound.
 *
 * @throws DataError where the compressed data are damaged or cut short
 */
export async function* inflateGzip(
  file: File,
  compressed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  let inflated: Uint8Array[] = []
  let member: Member = { start: 0, crc: 0, length: 0 }
  const members = [member]
  const gunzip = new Gunzip((chunk) => {
    member.crc = updateCrc32(member.crc, chunk)
    member.length += chunk.length
    if (chunk.length > 0) inflated.push(chunk)
  })
  gunzip.onmember = (start) => {
    member = { start, crc: 0, length: 0 }
    members.push(member)
  }
  let taken = 0
  for await (const slice of compressed) {
    for (let start = 0; start < slice.length; start += PIECE_BYTES) {
      const piece = slice.subarray(start, start + PIECE_BYTES)
      push(gunzip, piece, { file, offset: taken, last: taken + piece.length >= file.size })
      taken += piece.length
      yield* inflated
      inflated = []
    }
  }
  await checkMembers(file, members)
}

function push(gunzip: Gunzip, piece: Uint8Array, place: { file: File; offset: number; last: boolean }): void {
  try {
    gunzip.push(piece, place.last)
  } catch (cause) {
    if (place.last && cause instanceof Error && /unexpected EOF/i.test(cause.message)) throw cutShort(place.file)
    throw new DataError(
      `${place.file.name} is damaged: its gzip data make no sense after byte ${formatCount(place.offset)} ` +
        `(${cause instanceof Error ? cause.message : String(cause)}). Download or copy it again.`,
      { cause },
    )
  }
}

function cutShort(file: File): DataError {
  return new DataError(
    `${file.name} is cut short: its gzip data go on after the last byte, ${formatCount(file.size)}. ` +
      'Download or copy it again.',
  )
}

async function checkMembers(file: File, members: readonly Member[]): Promise<void> {
  for (const [index, member] of members.entries()) {
    const end = members[index + 1]?.start ?? file.size
    if (end - member.start < TRAILER_BYTES) throw cutShort(file)
    const bytes = await readSlice(file, end - TRAILER_BYTES, end)
    const trailer = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (trailer.getUint32(0, true) === member.crc && trailer.getUint32(4, true) === member.length % 2 ** 32) continue
    throw new DataError(
      `${file.name} is damaged or cut short: it inflates to ${formatCount(member.length)} bytes whose checksum is not ` +
        `the one at byte ${formatCount(end - TRAILER_BYTES)}. Download or copy it again.`,
    )
  }
}
