/** A batch of CIFAR-10's binary version: per image a label, then 32×32 red, green and blue values. */
export function writeCifarBatch(
  images: readonly {
    readonly label: number
    readonly colourAt: (pixel: number) => readonly [number, number, number]
  }[],
): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(images.length * 3073)
  for (const [index, { label, colourAt }] of images.entries()) {
    const record = file.subarray(index * 3073)
    record[0] = label
    for (let pixel = 0; pixel < 1024; pixel++) {
      for (const [channel, value] of colourAt(pixel).entries()) record[1 + channel * 1024 + pixel] = value
    }
  }
  return file
}
