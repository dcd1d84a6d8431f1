import type { ArrayValues } from './parameters'

/** Where a run takes up the course of another: the optimizer starts anew, everything else as if it had been there. */
export interface RunStart {
  /** Updates done before. */
  readonly step: number
  readonly values: ArrayValues
}

/** Where the batch after `step` batches starts; batches wrap across epochs. */
export function epochPlaceAt(
  step: number,
  batchSize: number,
  trainingCount: number,
): { readonly epoch: number; readonly epochOffset: number } {
  const position = step * batchSize
  return { epoch: Math.floor(position / trainingCount), epochOffset: position % trainingCount }
}
