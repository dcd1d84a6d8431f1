import type { LossSums, LossTargets } from './lossTargets'
import type { Matrix } from './matrix'
import { computePointwiseLoss, type PointwiseLoss } from './pointwiseLoss'

const LOSS: PointwiseLoss = {
  value: (x, y) => (x - y) ** 2,
  slope: (x, y) => 2 * (x - y),
  // Half-way between the class numbers.
  decision: 0.5,
}

/** (x − y)², mean over rows and outputs (PyTorch's MSELoss). */
export function meanSquaredError(logits: Matrix, targets: LossTargets, gradient?: Matrix): LossSums {
  return computePointwiseLoss(LOSS, logits, targets, gradient)
}
