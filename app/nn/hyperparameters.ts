import { learningRateFactor } from '../experiment/schedule'
import type { ExperimentSpec, LiveSettings, OptimizerSpec } from '../experiment/spec'

/** What changes from step to step; worked out on the CPU in float64, ahead of the steps. */
export interface Hyperparameters {
  /** With the schedule's factor. */
  readonly learningRate: number
  readonly weightDecay: number
  /** Longest gradient allowed; 0: any. */
  readonly clipNorm: number
  /** Adam's 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ); 1 for the others. */
  readonly biasCorrection1: number
  readonly biasCorrection2: number
}

export type LearningSpec = Pick<ExperimentSpec, 'optimizer' | 'schedule' | 'training'>

/**
 * @param settings what was changed while the run goes on.
 * @param step updates done before this one.
 * @param optimizerStart updates done when the optimizer's state was last reset: those before the run's start, or the
 *   step of a restore.
 */
export function hyperparametersAt(
  spec: LearningSpec,
  settings: LiveSettings,
  step: number,
  optimizerStart = 0,
): Hyperparameters {
  const { optimizer, schedule, training } = spec
  const learningRate = settings.learningRate ?? optimizer.learningRate
  const clipNorm = settings.clipNorm === undefined ? training.clipNorm : settings.clipNorm
  return {
    learningRate: learningRate * learningRateFactor(schedule, step, training.steps),
    weightDecay: settings.weightDecay ?? optimizer.weightDecay,
    clipNorm: clipNorm ?? 0,
    ...biasCorrections(optimizer, step - optimizerStart + 1),
  }
}

/** @param update number of the update since the moments were 0, from 1. */
function biasCorrections(
  optimizer: OptimizerSpec,
  update: number,
): Pick<Hyperparameters, 'biasCorrection1' | 'biasCorrection2'> {
  if (optimizer.kind !== 'adam' && optimizer.kind !== 'adamw') return { biasCorrection1: 1, biasCorrection2: 1 }
  return {
    biasCorrection1: 1 / (1 - optimizer.beta1 ** update),
    biasCorrection2: 1 / Math.sqrt(1 - optimizer.beta2 ** update),
  }
}
