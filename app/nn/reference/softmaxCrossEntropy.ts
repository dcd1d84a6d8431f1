import { largestColumn, type LossSums, type LossTargets } from './lossTargets'
import type { Matrix } from './matrix'

/**
 * −Σ t·log softmax(x) per row, t = 1 − ε + ε/K for the class and ε/K for the others (PyTorch's CrossEntropyLoss).
 * @param smoothing ε.
 */
export function softmaxCrossEntropy(
  logits: Matrix,
  targets: LossTargets,
  smoothing: number,
  gradient?: Matrix,
): LossSums {
  const { rows, columns, values } = logits
  const low = smoothing / columns
  let loss = 0
  let correct = 0
  for (let row = 0; row < rows; row++) {
    const first = row * columns
    const best = largestColumn(logits, row)
    const maximum = values[first + best]!
    let others = 0
    let shiftedSum = 0
    for (let column = 0; column < columns; column++) {
      const shifted = values[first + column]! - maximum
      if (column !== best) others += Math.exp(shifted)
      shiftedSum += shifted
    }
    const own = targets.values[row]!
    loss += Math.log1p(others) - (1 - smoothing) * (values[first + own]! - maximum) - low * shiftedSum
    if (best === own) correct++
    if (!gradient) continue
    for (let column = 0; column < columns; column++) {
      const share = Math.exp(values[first + column]! - maximum) / (1 + others)
      // Of the class where it is the maximum: share − 1 would cancel for a certain prediction.
      const difference =
        column !== own
          ? share - low
          : column === best
            ? smoothing - low - others / (1 + others)
            : share - low - 1 + smoothing
      gradient.values[first + column] = difference / rows
    }
  }
  return { loss, correct }
}
