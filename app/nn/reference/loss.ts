import type { LossSpec } from '../../experiment/spec'
import { binaryCrossEntropy } from './binaryCrossEntropy'
import type { LossSums, LossTargets } from './lossTargets'
import type { Matrix } from './matrix'
import { meanSquaredError } from './meanSquaredError'
import { softmaxCrossEntropy } from './softmaxCrossEntropy'

const POINTWISE = { binaryCrossEntropy, meanSquaredError, reconstruction: meanSquaredError }

/**
 * Float64 twin of the loss kernels.
 * @param logits [samples, outputs]; of images all positions of a sample in one row.
 * @param gradient where given, receives the gradient of the mean loss [samples, outputs].
 */
export function computeLoss(spec: LossSpec, logits: Matrix, targets: LossTargets, gradient?: Matrix): LossSums {
  if (spec.kind === 'crossEntropy') return softmaxCrossEntropy(logits, targets, spec.labelSmoothing, gradient)
  return POINTWISE[spec.kind](logits, targets, gradient)
}
