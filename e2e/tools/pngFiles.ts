import { deflateSync, inflateSync } from 'node:zlib'
import { updateCrc32 } from '../../app/data/files/crc32'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
/** PNG's colour types, by the number of channels: grey, RGB, RGB with opacity. */
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const

export interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: keyof typeof COLOUR_TYPES
  /** [height, width, channels], row-major. */
  readonly bytes: Uint8Array
}

/**
 * A PNG file (https://www.w3.org/TR/png-3): 8 bits per channel, no filters.
 * @param extra chunks before the pixels, by name
 */
export function writePng(
  { width, height, channels, bytes }: Pixels,
  extra: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, COLOUR_TYPES[channels]], 8)
  const rowBytes = width * channels
  const rows = new Uint8Array(height * (rowBytes + 1))
  for (let row = 0; row < height; row++) {
    rows.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1)
  }
  const chunks = [
    writeChunk('IHDR', header),
    ...Object.entries(extra).map(([name, content]) => writeChunk(name, content)),
    writeChunk('IDAT', deflateSync(rows)),
    writeChunk('IEND', new Uint8Array(0)),
  ]
  return Uint8Array.from(Buffer.concat([SIGNATURE, ...chunks]))
}

function writeChunk(name: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const chunk = new Uint8Array(named.length + 8)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, content.length)
  chunk.set(named, 4)
  view.setUint32(4 + named.length, updateCrc32(0, named))
  return chunk
}

/** Reads what `writePng` wrote. @throws where it is anything else, or damaged */
export function readPng(file: Uint8Array): Pixels {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const compressed: Uint8Array[] = []
  for (let at = SIGNATURE.length; at < file.length;) {
    const length = view.getUint32(at)
    const named = file.subarray(at + 4, at + 8 + length)
    if (updateCrc32(0, named) !== view.getUint32(at + 8 + length)) throw new Error('a checksum is wrong')
    if (Buffer.from(named.subarray(0, 4)).toString('latin1') === 'IDAT') compressed.push(named.subarray(4))
    at += length + 12
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const channels = ([1, 3, 4] as const).find((count) => COLOUR_TYPES[count] === file[25])
  if (channels === undefined) throw new Error(`colour type ${file[25]} is not read here`)
  const rows = inflateSync(Buffer.concat(compressed))
  const bytes = new Uint8Array(width * height * channels)
  for (let row = 0; row < height; row++) {
    const start = row * (width * channels + 1)
    bytes.set(rows.subarray(start + 1, start + 1 + width * channels), row * width * channels)
  }
  return { width, height, channels, bytes }
}
