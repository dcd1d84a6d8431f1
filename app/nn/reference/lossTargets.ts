import type { Matrix } from './matrix'

/** What the outputs of a batch are compared with. */
export interface LossTargets {
  /** `classes`: one class number per row; `values`: [rows, outputs]. */
  readonly kind: 'classes' | 'values'
  readonly values: ArrayLike<number>
}

/** Sums over the rows of a batch; the mean loss is `loss` / rows. */
export interface LossSums {
  readonly loss: number
  /** Rows whose class was predicted; 0 for regression. */
  readonly correct: number
}

/** Column of the largest logit of a row, the first where several hold it. */
export function largestColumn(logits: Matrix, row: number): number {
  const first = row * logits.columns
  let best = 0
  for (let column = 1; column < logits.columns; column++) {
    if (logits.values[first + column]! > logits.values[first + best]!) best = column
  }
  return best
}
