import { elementsOf, positionsOf, type TensorShape } from '../experiment/tensorShape'
import { DataError } from './dataError'
import { createResampler } from './resample'
import type { Samples } from './samples'

/** Lightness of a colour by the luma of Rec. 601, as Pillow's conversion to “L” has it. */
const LUMA = [0.299, 0.587, 0.114] as const

export interface ImageChanges {
  /** Side in pixels; null keeps the size. */
  readonly resize: number | null
  readonly grayscale: boolean
}

/**
 * The same samples with their images resized and grey where asked.
 *
 * @throws DataError where they are to be resized and are no images
 */
export function adaptImages(samples: Samples, changes: ImageChanges): Samples {
  if (changes.resize !== null && positionsOf(samples.shape) === 1) {
    throw new DataError(
      `${samples.name} holds no images but ${samples.features} values per sample: they cannot be resized. ` +
        'Leave “Resize to” empty.',
    )
  }
  const adapt = adapterFor(samples.shape, changes)
  if (!adapt) return samples
  const shape = adaptedShape(samples.shape, changes)
  const original = new Float64Array(samples.features)
  return {
    ...samples,
    shape,
    features: elementsOf(shape),
    copyInputs(sample, into) {
      samples.copyInputs(sample, original)
      adapt(original, into)
    },
  }
}

/** What makes an image of this shape the one that is asked for; undefined where it is that already. */
export function adapterFor(
  shape: TensorShape,
  changes: ImageChanges,
): ((values: Float64Array, into: Float64Array) => void) | undefined {
  const target = adaptedShape(shape, changes)
  const isGreyed = target.channels !== shape.channels
  const isResized = target.height !== shape.height || target.width !== shape.width
  if (!isResized) return isGreyed ? (values, into) => writeGrey(values, positionsOf(shape), into) : undefined
  const source = { ...shape, channels: target.channels }
  const resample = createResampler(source, target)
  if (!isGreyed) return resample
  const grey = new Float64Array(elementsOf(source))
  return (values, into) => {
    writeGrey(values, positionsOf(shape), grey)
    resample(grey, into)
  }
}

function adaptedShape({ height, width, channels }: TensorShape, { resize, grayscale }: ImageChanges): TensorShape {
  return {
    height: resize ?? height,
    width: resize ?? width,
    channels: grayscale && channels === LUMA.length ? 1 : channels,
  }
}

/** [positions, 3] to [positions]. */
function writeGrey(values: Float64Array, positions: number, into: Float64Array): void {
  for (let position = 0; position < positions; position++) {
    const at = position * LUMA.length
    into[position] = LUMA[0] * values[at]! + LUMA[1] * values[at + 1]! + LUMA[2] * values[at + 2]!
  }
}
