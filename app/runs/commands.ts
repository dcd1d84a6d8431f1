import type { ExperimentSpec, FileDataSpec, LiveSettings } from '../experiment/spec'
import type { Pace } from '../worker/protocol'
import type { View } from './state'

/** Everything a user can do; `main.tsx` implements it with the store and the worker client. */
export interface Commands {
  play(): void
  pause(): void
  /** One update and one column. */
  step(): void
  /** The same spec from step 0. */
  reset(): void
  setPace(pace: Pace): void
  /** Doubles the planned steps and plays on. */
  continueTraining(): void
  /**
   * Replaces the draft. A valid one whose architecture, data or batch changed starts a new run at once; an invalid
   * one shows its faults while the old run goes on. Settings that can change live do, without a new run.
   */
  edit(spec: ExperimentSpec): void
  change(settings: LiveSettings): void
  setView(view: Partial<View>): void
  /** Reads dropped or picked files beside the running experiment. */
  readFiles(files: readonly File[]): void
  /** Reads the same files again with other choices (CSV target, task). */
  rereadFiles(data: FileDataSpec): void
  cancelFiles(): void
  /** Trains on the files that were read, with a network that fits them. */
  trainOnFiles(): void
  /** After NaN or infinity: the same run from step 0 with half the learning rate. */
  halveLearningRate(): void
  dismissNotice(): void
  /** After the device was lost. */
  restartDevice(): void
}
