import { LARGEST_IMAGE } from '../../experiment/dataSettings'
import { numberSettings } from '../../experiment/settings'
import type { ImagesData } from '../../experiment/dataSpec'
import { elementsOf } from '../../experiment/tensorShape'
import { adapterFor } from '../adaptImages'
import type { Samples } from '../samples'
import type { ImagesContent } from './imageFiles'
import type { Picture } from './picture'

const BYTE_SCALE = 1 / 255

/**
 * The spec that reads these pictures, where none is given: at their own size where they have one in common, grey where
 * all of them are, those for testing held out.
 */
export function completeImagesSpec(content: ImagesContent, spec: ImagesData | undefined): ImagesData {
  if (spec) return spec
  const { pictures, testingCount } = content
  return {
    kind: 'images',
    resize: commonSide(pictures) ?? numberSettings['data.resize'].default,
    grayscale: pictures.every(isGrey),
    heldOut: testingCount > 0 ? { last: testingCount } : 0.2,
    standardise: 'channel',
  }
}

/** The side of square pictures that are all of one size, where that is one they may keep. */
function commonSide(pictures: readonly Picture[]): number | undefined {
  const side = pictures[0]?.width ?? 0
  const { minimum } = numberSettings['data.resize'].range
  const isCommon = pictures.every(({ width, height }) => width === side && height === side)
  return isCommon && side >= minimum && side <= LARGEST_IMAGE ? side : undefined
}

function isGrey({ pixels }: Picture): boolean {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false
  }
  return true
}

/** The pictures at the size and in the colours of the spec, their bytes as shares of full intensity. */
export function imageSamples(content: ImagesContent, { resize, grayscale }: ImagesData): Samples {
  const { name, task, pictures, targets, notes } = content
  const shape = { height: resize, width: resize, channels: grayscale ? 1 : 3 }
  const adapters = new Map<string, ReturnType<typeof adapterFor>>()
  const values = new Float64Array(LARGEST_IMAGE * LARGEST_IMAGE * 3)
  return {
    name,
    task,
    shape,
    features: elementsOf(shape),
    count: pictures.length,
    copyInputs(sample, into) {
      const { kept, pixels } = pictures[sample]!
      for (let index = 0; index < pixels.length; index++) values[index] = pixels[index]! * BYTE_SCALE
      const size = `${kept.height}×${kept.width}`
      if (!adapters.has(size)) adapters.set(size, adapterFor(kept, { resize, grayscale }))
      const adapt = adapters.get(size)
      if (adapt) adapt(values, into)
      else into.set(values.subarray(0, pixels.length))
    },
    targets,
    notes,
  }
}
