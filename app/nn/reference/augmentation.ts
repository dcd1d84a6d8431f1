import type { AugmentationSpec } from '../../experiment/spec'
import type { TensorShape } from '../../experiment/tensorShape'
import { hashWords } from './hash'

/** Twin of shaders/shared/augmentation.wgsl, exact in every bit. */

/** How an image is seen: what is seen at (y, x) lies at (y + down, x + right), or mirrored at (y + down, width − 1 − x + right). */
export interface ImageView {
  readonly down: number
  readonly right: number
  readonly isMirrored: boolean
}

const VIEW_PURPOSE = 0x63726f70

/**
 * Drawn by sample and epoch alone, so that no batch size, pause or neighbour changes it.
 * @param seed the run's, unsigned 32-bit.
 * @param sample its row in the training part.
 */
export function drawView({ crop, flip }: AugmentationSpec, seed: number, epoch: number, sample: number): ImageView {
  const draw = (which: number): number => hashWords(seed, [VIEW_PURPOSE, epoch, sample, which])
  const drawShift = (which: number): number => (draw(which) % (2 * crop + 1)) - crop
  return { down: drawShift(0), right: drawShift(1), isMirrored: flip && draw(2) >= 2 ** 31 }
}

/** Replaces an image [height, width, channels] by how it is seen; its edge pixels are repeated where it does not reach. */
export function applyView(image: Float64Array, { height, width, channels }: TensorShape, view: ImageView): void {
  const original = image.slice()
  for (let y = 0; y < height; y++) {
    const fromY = clamp(y + view.down, height)
    for (let x = 0; x < width; x++) {
      const fromX = clamp((view.isMirrored ? width - 1 - x : x) + view.right, width)
      const from = (fromY * width + fromX) * channels
      image.set(original.subarray(from, from + channels), (y * width + x) * channels)
    }
  }
}

/** The nearest of the positions 0 … count − 1. */
function clamp(position: number, count: number): number {
  return Math.min(count - 1, Math.max(0, position))
}
