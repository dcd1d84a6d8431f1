import type { Hyperparameters } from '../hyperparameters'

/** What a network in training knows of itself: twin of shaders/shared/control.wgsl. */
export interface ReferenceControl {
  /** Updates done. */
  step: number
  /** Where the next batch starts. */
  epoch: number
  epochOffset: number
  /** 0, or the number (from 1) of the update that was refused. */
  latchStep: number
}

/** Largest finite f32. Beyond it a number counts as infinite here too, so that both engines stop at the same step. */
const LARGEST = 3.4028234663852886e38

/** False for NaN and for what f32 cannot hold. */
export function fitsSinglePrecision(x: number): boolean {
  return Math.abs(x) <= LARGEST
}

/** PyTorch's clip_grad_norm_. @param clipNorm longest gradient allowed; 0: any. */
function clippingScale(norm: number, clipNorm: number): number {
  return clipNorm > 0 ? Math.min(1, clipNorm / (norm + 1e-6)) : 1
}

/**
 * Decides what becomes of a step, and moves on to the next batch where it is accepted: twin of
 * shaders/nn/step_control.wgsl.
 * @param loss mean over the batch.
 * @param squares of the gradient, summed.
 * @returns the factor on the gradient, or undefined where the step is refused.
 */
export function decideStep(
  control: ReferenceControl,
  loss: number,
  squares: number,
  values: Hyperparameters,
  sizes: { readonly batchSize: number; readonly trainingCount: number },
): number | undefined {
  if (control.latchStep !== 0) return undefined
  if (!fitsSinglePrecision(loss) || !fitsSinglePrecision(squares)) {
    control.latchStep = control.step + 1
    return undefined
  }
  control.step++
  const position = control.epochOffset + sizes.batchSize
  control.epoch += Math.floor(position / sizes.trainingCount)
  control.epochOffset = position % sizes.trainingCount
  return clippingScale(Math.sqrt(squares), values.clipNorm)
}
