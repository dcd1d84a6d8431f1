import type { LossSums, LossTargets } from './lossTargets'
import type { Matrix } from './matrix'
import { computePointwiseLoss, type PointwiseLoss } from './pointwiseLoss'

const LOSS: PointwiseLoss = {
  value: (x, y) => Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x))),
  slope: (x, y) => {
    const small = Math.exp(-Math.abs(x))
    const high = 1 / (1 + small)
    const low = small / (1 + small)
    // sigmoid(x) · (1 − y) − (1 − sigmoid(x)) · y: sigmoid(x) − 1 would cancel for certain predictions.
    return x >= 0 ? high * (1 - y) - low * y : low * (1 - y) - high * y
  },
  decision: 0,
}

/** max(x, 0) − x·y + ln(1 + e^−|x|), mean over rows and outputs (PyTorch's BCEWithLogitsLoss). */
export function binaryCrossEntropy(logits: Matrix, targets: LossTargets, gradient?: Matrix): LossSums {
  return computePointwiseLoss(LOSS, logits, targets, gradient)
}
