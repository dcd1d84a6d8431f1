import { LARGEST_IMAGE } from '../../experiment/dataSettings'
import { elementsOf, type TensorShape } from '../../experiment/tensorShape'
import { formatCount } from '../dataError'
import { createResampler } from '../resample'
import type { DecodePicture } from './decodePicture'
import { PictureFault, readPictureHeader } from './pictureHeader'

/** A picture as it is kept: no side longer than any data set needs, so that another size needs no second reading. */
export interface Picture {
  /** Of the file, in pixels. */
  readonly width: number
  readonly height: number
  readonly kept: TensorShape
  /** Of the shape `kept`, three channels, row-major. */
  readonly pixels: Uint8Array
}

/** 16 megapixels: decoded, 64 MiB. */
const MOST_PIXELS = 2 ** 24
/** As large as 16 megapixels are without any compression, at twice 8 bits per channel. */
const MOST_BYTES = 2 ** 27
/** Red, green, blue and opacity. */
const DECODED_CHANNELS = 4

/**
 * Reads one picture: its header first, so that nothing too large is ever decoded.
 *
 * @throws PictureFault with the reason why it cannot be used
 */
export async function readPicture(file: File, decode: DecodePicture): Promise<Picture> {
  if (file.size > MOST_BYTES) {
    throw new PictureFault(`has ${formatCount(file.size)} bytes; up to ${formatCount(MOST_BYTES)} are read`)
  }
  const bytes = await readBytes(file)
  const { type, width, height } = readPictureHeader(bytes)
  if (width * height > MOST_PIXELS || width * height === 0) {
    throw new PictureFault(
      `has ${formatCount(width)} × ${formatCount(height)} pixels; 1 to ${formatCount(MOST_PIXELS)} (16 megapixels) are read`,
    )
  }
  const decoded = await decodeOrExplain(new Blob([bytes], { type }), decode)
  return keepSmall(decoded)
}

async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    throw new PictureFault(`could not be read (${reasonOf(error)}); it may have been moved or changed`)
  }
}

async function decodeOrExplain(picture: Blob, decode: DecodePicture) {
  try {
    return await decode(picture)
  } catch (error) {
    throw new PictureFault(`could not be decoded (${reasonOf(error)}); it is damaged`)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** On white where it is transparent, and reduced to what the largest images of a data set need. */
function keepSmall({ width, height, rgba }: Awaited<ReturnType<DecodePicture>>): Picture {
  const kept = { height: Math.min(height, LARGEST_IMAGE), width: Math.min(width, LARGEST_IMAGE), channels: 3 }
  for (let at = 0; at < rgba.length; at += DECODED_CHANNELS) {
    const opacity = rgba[at + 3]! / 255
    if (opacity === 1) continue
    for (let channel = 0; channel < 3; channel++)
      rgba[at + channel] = rgba[at + channel]! * opacity + 255 * (1 - opacity)
  }
  const reduced = new Float64Array(kept.height * kept.width * DECODED_CHANNELS)
  createResampler({ height, width, channels: DECODED_CHANNELS }, kept)(rgba, reduced)
  const pixels = new Uint8Array(elementsOf(kept))
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = Math.round(reduced[Math.floor(index / 3) * DECODED_CHANNELS + (index % 3)]!)
  }
  return { width, height, kept, pixels }
}
