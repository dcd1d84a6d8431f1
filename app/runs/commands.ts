import type { LayerPlace } from '../experiment/layerPlace'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { ExperimentSpec, LiveSettings } from '../experiment/spec'
import type { JudgedPart, Pace } from '../worker/protocol'
import type { InspectedSample, InspectionState, Letter, View } from './state'

export interface ForkOptions {
  /** What the new run is; by default the same as the active one. */
  readonly spec?: ExperimentSpec
  /**
   * Takes the weights the active run had at this step, or at the last one before it that was kept, where the new
   * network has the same layers; else, or left out, the run begins at step 0.
   */
  readonly atStep?: number
}

/** Everything a user can do; `main.tsx` implements it with the store and the worker client. */
export interface Commands {
  play(): void
  pause(): void
  /** One update and one column. */
  step(): void
  /** All runs from step 0. */
  reset(): void
  setPace(pace: Pace): void
  /** Doubles the planned steps and plays on. */
  continueTraining(): void
  /**
   * Replaces the draft of the active run. A valid one whose architecture, data or batch changed starts a new run at once; an invalid
   * one shows its faults while the old run goes on. Settings that can change live do, without a new run.
   */
  edit(spec: ExperimentSpec): void
  change(settings: LiveSettings): void
  /**
   * Another width, in units or channels, for a hidden layer of the active run. The baseline stays what it is: there a run with that width
   * starts beside it, while a letter is free.
   */
  setWidth(place: LayerPlace, width: number): void
  /** Puts experiments up in place of all there are, from step 0; the first is the baseline and the active one. */
  putSideBySide(specs: readonly [ExperimentSpec, ...ExperimentSpec[]]): void
  /** Edits and shows another of the runs side by side. */
  activate(letter: Letter): void
  /** A run beside the active one, which becomes active; nothing where all letters are taken. */
  fork(options?: ForkOptions): void
  /** Ends a run; the others go on, and the last one stays. */
  remove(letter: Letter): void
  /** Makes a run what the others are compared with. */
  pin(letter: Letter): void
  /** Takes the last edit of any experiment back, runs added and removed included. */
  undo(): void
  redo(): void
  /** Trains every experiment side by side from this many seeds in the background: how much of a difference is chance? */
  repeatSeeds(seeds: number): void
  /** A run with the change starts beside the active one, and both are trained from several seeds in the background. */
  testChange(change: { readonly label: string; readonly spec: ExperimentSpec }): void
  /**
   * Makes the active run's network smaller, in the background, for as long as its held-out accuracy falls by no more
   * than the tolerance (a share of the loss where there are no classes).
   */
  slimDown(tolerance: number): void
  /** Drops what a study has under way. */
  cancelStudy(id: string): void
  dismissStudy(id: string): void
  /** Fits a linear classifier to each layer of every run as it is now; training goes on. */
  measureProbes(): void
  cancelProbes(): void
  /**
   * Has the active run predict the classes of its samples now and then, for as long as somebody looks.
   * @param look at which step, undefined following the newest; left out: nobody looks any more.
   */
  watchPredictions(look?: { readonly step: number | undefined }): void
  /** Fetches samples of the active run's data, to be shown: `RunState.samples`. */
  readSamples(part: JudgedPart, positions: readonly number[]): void
  /** Shows another sample in the active run's network. */
  inspect(sample: InspectedSample): void
  /** Whether somebody looks at it, and whose weights are shown with it. */
  watchInspection(watch: Partial<Pick<InspectionState, 'isWatched' | 'filtersOf'>>): void
  setView(view: Partial<View>): void
  /**
   * Reads dropped or picked files beside the running experiment.
   * @param paths where each lay in the folder it came in: “flowers/rose/12.png”
   */
  readFiles(files: readonly File[], paths?: readonly string[]): void
  /** Reads the same files again with other choices (CSV target, task). */
  rereadFiles(data: FileDataSpec): void
  cancelFiles(): void
  /** Trains on the files that were read, with a network that fits them. */
  trainOnFiles(): void
  /** After NaN or infinity: the same run from step 0 with half the learning rate. */
  halveLearningRate(letter: Letter): void
  dismissNotice(): void
  /** After the device was lost. */
  restartDevice(): void
}
