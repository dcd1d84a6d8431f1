import { largestColumn, type LossSums, type LossTargets } from './lossTargets'
import type { Matrix } from './matrix'

/** A loss that is the mean over rows and outputs of a function of one output x and its target y. */
export interface PointwiseLoss {
  value(this: void, x: number, y: number): number
  /** Derivative of `value` in x. */
  slope(this: void, x: number, y: number): number
  /** Where one output stands for two classes: above this x it means class 1. */
  readonly decision: number
}

/** Twin of shaders/shared/pointwise_loss.wgsl. */
export function computePointwiseLoss(
  { value, slope, decision }: PointwiseLoss,
  logits: Matrix,
  targets: LossTargets,
  gradient?: Matrix,
): LossSums {
  const { rows, columns, values } = logits
  let loss = 0
  let correct = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column
      const wanted = targetValue(targets, row, column, columns)
      loss += value(values[at]!, wanted) / columns
      if (gradient) gradient.values[at] = slope(values[at]!, wanted) / (rows * columns)
    }
    if (targets.kind === 'values') continue
    const predicted = columns === 1 ? Number(values[row]! > decision) : largestColumn(logits, row)
    if (predicted === targets.values[row]) correct++
  }
  return { loss, correct }
}

/** The value itself; for classes one-hot, or the class number where one output stands for two classes. */
function targetValue(targets: LossTargets, row: number, column: number, columns: number): number {
  if (targets.kind === 'values') return targets.values[row * columns + column]!
  const own = targets.values[row]!
  return columns === 1 ? own : Number(column === own)
}
