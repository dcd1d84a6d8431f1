import { formatNumber, type FieldFault } from './faults'
import type { AugmentationSpec } from './spec'
import { positionsOf, type TensorShape } from './tensorShape'

/** Training images as they are. */
export const NO_AUGMENTATION: AugmentationSpec = { crop: 0, flip: false }

/** Whether training images are changed at all. */
export function isAugmented({ crop, flip }: AugmentationSpec): boolean {
  return crop > 0 || flip
}

/** Shifts that leave something of an image in view, in pixels; 0 for what is no image. */
export function mostCrop({ height, width }: TensorShape): number {
  return Math.min(height, width) - 1
}

/** What cannot be done to samples of this shape, whatever layer reads them. */
export function augmentationFaults({ crop, flip }: AugmentationSpec, shape: TensorShape): readonly FieldFault[] {
  const faults: FieldFault[] = []
  const isImage = positionsOf(shape) > 1
  if (crop > mostCrop(shape)) {
    const message = isImage
      ? `Random crop is ${formatNumber(crop)} ${crop === 1 ? 'pixel' : 'pixels'}, which may push images of ${shape.height}×${shape.width} out of view. Lower it to ${mostCrop(shape)} or less.`
      : `Random crop is ${formatNumber(crop)}, and the samples are no images. Set it to 0.`
    faults.push({ path: 'training.augmentation.crop', message })
  }
  if (flip && !isImage) {
    const message = 'Random flip is on, and the samples are no images. Turn it off.'
    faults.push({ path: 'training.augmentation.flip', message })
  }
  return faults
}
