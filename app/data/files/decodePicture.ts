interface DecodedPicture {
  readonly width: number
  readonly height: number
  /** [height, width, 4]: red, green, blue and opacity, not multiplied with it. */
  readonly rgba: Uint8ClampedArray
}

export type DecodePicture = (picture: Blob) => Promise<DecodedPicture>

/** Decodes a PNG or JPEG picture by the browser's own means, in a page or a worker. @throws where it is damaged */
export async function decodePicture(picture: Blob): Promise<DecodedPicture> {
  // The numbers of the file: no conversion to the screen's colours, no rounding by opacity.
  const bitmap = await createImageBitmap(picture, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' })
  try {
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('this browser gives no canvas to read pixels from')
    context.drawImage(bitmap, 0, 0)
    return { width, height, rgba: context.getImageData(0, 0, width, height).data }
  } finally {
    bitmap.close()
  }
}
