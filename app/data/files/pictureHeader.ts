import { isPictureName, type ChosenFile } from './chosenFile'
import { describeBytes, formatBytes } from './fileFormat'
import { readSlice } from './fileSlices'

/** Why one picture cannot be used; the message goes on after its name: “is cut short: …”. */
export class PictureFault extends Error {
  override readonly name = 'PictureFault'
}

export interface PictureHeader {
  readonly type: 'image/png' | 'image/jpeg'
  readonly width: number
  readonly height: number
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Whether pictures are among the files: by name, or, where names say otherwise of all, by their first bytes. */
export async function holdPictures(files: readonly ChosenFile[]): Promise<boolean> {
  if (files.some(({ path }) => isPictureName(path))) return true
  for (const { file } of files) {
    const start = await readSlice(file, 0, PNG_SIGNATURE.length)
    if (isPng(start) || isJpeg(start)) return true
  }
  return false
}

function isPng(bytes: Uint8Array): boolean {
  return PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

/**
 * What a picture is by its bytes, whatever its name, without decoding it; its structure is followed to the end.
 *
 * @throws PictureFault where it is no PNG and no JPEG, is animated, or is cut short
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  if (isPng(bytes)) return readPngHeader(bytes)
  if (isJpeg(bytes)) return readJpegHeader(bytes)
  if (bytes.length === 0) throw new PictureFault('is empty (0 bytes)')
  const found = describeBytes(bytes)
  throw new PictureFault(
    `${found === undefined ? `begins with the bytes ${formatBytes(bytes)}, as no picture does` : `is ${found}`}; ` +
      'PNG and JPEG are read',
  )
}

/** Chunks of length, name, content and checksum (https://www.w3.org/TR/png-3): IHDR first, IEND last. */
function readPngHeader(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: PictureHeader | undefined
  for (let at = PNG_SIGNATURE.length; at + 12 <= bytes.length; at += view.getUint32(at) + 12) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'acTL') throw new PictureFault('is animated; still pictures are read')
    if (name === 'IEND' && header) return header
    if (name === 'IHDR' && at + 16 <= bytes.length)
      header = { type: 'image/png', width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
  }
  throw new PictureFault(
    header ? 'is cut short: its end (IEND) is missing' : 'has no size: its header is damaged or cut short',
  )
}

/** Markers that have no length after them: TEM and the restarts. */
function isLone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
}

/** Start of frame, of any coding; C4, C8 and CC in the same range are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Segments of marker, length and content (ITU-T T.81, annex B), the coded pixels between them, and EOI at the end. */
function readJpegHeader(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: PictureHeader | undefined
  let at = 2
  while (at + 1 < bytes.length) {
    // Coded pixels, in which FF is followed by 00, and fill bytes: on to the next marker.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0x00 || bytes[at + 1] === 0xff) {
      const next = bytes.indexOf(0xff, at + 1)
      if (next < 0) break
      at = next
      continue
    }
    const marker = bytes[at + 1]!
    if (marker === 0xd9) {
      if (header) return header
      break
    }
    if (isLone(marker)) at += 2
    else {
      if (at + 9 > bytes.length) break
      if (isFrame(marker)) {
        header = { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
      }
      at += 2 + Math.max(2, view.getUint16(at + 2))
    }
  }
  throw new PictureFault(
    header ? 'is cut short: its end (FF D9) is missing' : 'has no size: its header is damaged or cut short',
  )
}
