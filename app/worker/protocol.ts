import type { DatasetSummary, PictureSummary, PlaneSummary } from '../data/summary'
import type { FieldFault } from '../experiment/faults'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { ExperimentSpec, LiveSettings, Sampling } from '../experiment/spec'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import type { EngineChoice, EngineReport } from '../training/engine'
import type { Filters, LayerMaps } from '../training/inspection/inspection'
import type { LinearProbes } from '../training/linearProbes/linearProbes'
import type { Pace } from '../training/pacer'
import type { JudgedPart } from '../training/predictions/judgedSamples'
import type { Predictions } from '../training/predictions/readPredictions'
import type { StopReason } from '../training/scheduler'
import type { HeldOutResult, SnapshotUse, TrackedOutput } from '../training/session'
import type { Inspected, InspectedSample, InspectRequest, SamplePage } from './inspected'

export type {
  EngineChoice,
  EngineReport,
  Filters,
  JudgedPart,
  LayerMaps,
  LinearProbes,
  Pace,
  PictureSummary,
  PlaneSummary,
  Predictions,
  SnapshotUse,
  StopReason,
}
export type { Inspected, InspectedSample, InspectRequest, SamplePage }
/** Names a run for as long as the page is open: “1”, “2”, … */
export type RunId = string
/** Runs side by side are told apart by letter; a run that takes another's place takes its letter. */
export const letters = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof letters)[number]
/** Counts the races of a page: a later one ends all runs of those before. */
export type RaceId = number
/** Names a trial, made up by whoever asks for it. */
export type TrialId = string
/** Names data read from files; the worker remembers the files of the last few, and reads them again where it must. */
export type FileDataId = number

/** What the page asks of the worker. */
export type Request =
  /** Joins the race, or begins a later one; it takes the place of the run with the same letter. */
  | {
      readonly kind: 'start'
      readonly run: RunId
      readonly letter: Letter
      readonly race: RaceId
      readonly spec: ExperimentSpec
      /** Run instead where there is no GPU: smaller, so that it is live on a CPU. */
      readonly withoutGpu?: ExperimentSpec
      /** Begins with the weights another run had at a step, or at the last one before it that was kept. */
      readonly from?: { readonly run: RunId; readonly step: number }
      /** Which parsed files the spec's data means, for file data. */
      readonly fileData?: FileDataId
      readonly engine: EngineChoice
      readonly pace: Pace
      /** Whether a race that begins with this run plays at once. */
      readonly playing: boolean
    }
  /** Ends a run; the others go on. */
  | { readonly kind: 'remove'; readonly letter: Letter }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** One update, then a column. */
  | { readonly kind: 'step' }
  | { readonly kind: 'setPace'; readonly pace: Pace }
  /** Plans this many steps in all and plays on. */
  | { readonly kind: 'extend'; readonly steps: number }
  /** Answered by `changed`; of no effect on any other run than the one that is meant. */
  | { readonly kind: 'change'; readonly run: RunId; readonly settings: LiveSettings }
  /** Reads files without touching the running experiment; answered by `filesRead` or `filesRefused`. */
  | {
      readonly kind: 'readFiles'
      readonly fileData: FileDataId
      readonly files: readonly File[]
      /** Where each lay in a folder that was chosen or dropped: “flowers/rose/12.png”. */
      readonly paths?: readonly string[]
      readonly spec?: FileDataSpec
      /** Decides which samples a share holds out. */
      readonly seed: number
    }
  | { readonly kind: 'cancelFiles'; readonly fileData: FileDataId }
  /** Trains an experiment to its end in the background; answered by `trialProgress` and `trialEnded`. */
  | {
      readonly kind: 'tryOut'
      readonly trial: TrialId
      readonly spec: ExperimentSpec
      readonly fileData?: FileDataId
    }
  | { readonly kind: 'cancelTrial'; readonly trial: TrialId }
  /** Fits linear probes to a run's layers as they are now; answered by `probesProgress` and `probesEnded`. */
  | { readonly kind: 'measureProbes'; readonly run: RunId }
  | { readonly kind: 'cancelProbes'; readonly run: RunId }
  /** Tells of the classes a run predicts (`predictions`) now and then, until another run is watched or none. */
  | {
      readonly kind: 'watchPredictions'
      readonly run: RunId | undefined
      /** Those of this past step, or of the last one before it that was kept; undefined: of the present. */
      readonly step: number | undefined
    }
  /** Answered by `samples`. */
  | {
      readonly kind: 'readSamples'
      readonly run: RunId
      readonly part: JudgedPart
      /** In that part, in the order of the data set. */
      readonly positions: readonly number[]
    }
  | InspectRequest
  | { readonly kind: 'endInspection' }
  /** The next start opens a fresh device: after one was lost. */
  | { readonly kind: 'reopenEngine' }
  /** Surfaces and reconstructions are those of this past step, or of the last one before it that was kept; undefined: of the present. */
  | { readonly kind: 'lookBack'; readonly step: number | undefined }
  /** A hidden page gets no surfaces and reconstructions; training goes on. */
  | { readonly kind: 'setVisible'; readonly visible: boolean }

/** What the worker tells the page. */
export type Report =
  | { readonly kind: 'ready'; readonly engine: EngineReport }
  | { readonly kind: 'started'; readonly run: RunId; readonly letter: Letter; readonly started: StartedRun }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'surface'; readonly run: RunId; readonly surface: Surface }
  | { readonly kind: 'reconstruction'; readonly run: RunId; readonly reconstruction: Reconstruction }
  /** Settings are in force: `step` updates were made, or queued, without them; the next is the first with them. */
  | {
      readonly kind: 'changed'
      readonly run: RunId
      readonly step: number
      readonly settings: LiveSettings
      /** Where the sampling changed: what the columns of all later frames are of. */
      readonly measured?: Pick<StartedRun, 'outputs' | 'variants'>
    }
  /** Feature maps cannot be sampled so on this adapter; the run goes on as it was. */
  | {
      readonly kind: 'samplingRefused'
      readonly run: RunId
      readonly refused: Sampling
      readonly inForce: Sampling
      readonly message: string
    }
  | { readonly kind: 'stopped'; readonly run: RunId; readonly step: number; readonly reason: StopReason }
  | {
      readonly kind: 'filesProgress'
      readonly fileData: FileDataId
      /** 0…1 */ readonly fraction: number
      readonly doing: string
    }
  | { readonly kind: 'filesRead'; readonly fileData: FileDataId; readonly summary: FileSummary }
  | { readonly kind: 'filesRefused'; readonly fileData: FileDataId; readonly message: string }
  | { readonly kind: 'trialProgress'; readonly trial: TrialId; readonly step: number }
  | { readonly kind: 'trialEnded'; readonly trial: TrialId; readonly outcome: TrialOutcome }
  | {
      readonly kind: 'probesProgress'
      readonly run: RunId
      /** 0…1 */ readonly fraction: number
    }
  | { readonly kind: 'probesEnded'; readonly run: RunId; readonly outcome: ProbesOutcome }
  | { readonly kind: 'predictions'; readonly run: RunId; readonly predictions: Predictions }
  /** The run is watched no more. */
  | { readonly kind: 'predictionsFailed'; readonly run: RunId; readonly message: string }
  | { readonly kind: 'samples'; readonly run: RunId; readonly samples: RawSamples }
  | { readonly kind: 'inspected'; readonly inspected: Inspected }
  | { readonly kind: 'inspectionFailed'; readonly run: RunId; readonly message: string }
  | { readonly kind: 'samplePage'; readonly page: SamplePage }
  /** The worker itself broke: nothing runs until the page is loaded again. */
  | { readonly kind: 'crashed'; readonly message: string }
  /** The spec could not be run; the previous run, if any, goes on untouched. */
  | { readonly kind: 'refused'; readonly run: RunId; readonly message: string; readonly fields: readonly FieldFault[] }

export interface StartedRun {
  readonly spec: ExperimentSpec
  /** Updates its weights had behind them when it began; 0 unless they came from another run. */
  readonly startStep: number
  readonly outputs: readonly TrackedOutput[]
  readonly variants: Readonly<Record<string, string>>
  readonly data: DatasetSummary
  /** For data in the plane: what the decision surface is drawn over. */
  readonly plane?: PlaneSummary
  /** For an autoencoder of images: those whose reconstructions are shown. */
  readonly pictures?: PictureSummary
}

/** What happened in a run since its last frame; at most ten a second, arrays transferred. */
export interface Frame {
  readonly run: RunId
  /** Updates done and known to be done. */
  readonly step: number
  readonly plannedSteps: number
  readonly epoch: number
  readonly playing: boolean
  readonly stepsPerSecond: number
  /** Step of each record, consecutive. */
  readonly losses: { readonly firstStep: number; readonly loss: Float32Array; readonly accuracy: Float32Array }
  readonly columns: readonly Column[]
  readonly snapshots: SnapshotUse
  /** Time the engine spent, in milliseconds. */
  readonly millisPerStep: number
  readonly millisPerColumn: number
}

/** One column of the heatmap. */
export interface Column {
  readonly step: number
  /** By position in `StartedRun.outputs`. */
  readonly spectra: readonly MeasuredSpectrum[]
  readonly heldOut?: HeldOutResult
  /** By output: units that say the same of every probe sample; undefined without activation function. */
  readonly deadUnits?: readonly (number | undefined)[]
  /** By output: mean of f(z) over samples, positions and units. */
  readonly meanActivations?: readonly number[]
}

/** The network's output over the plane. */
export interface Surface {
  readonly step: number
  /** Cells per side. */
  readonly resolution: number
  /** [resolution, resolution, outputs]: row 0 is the lowest y. Class probabilities, or the predicted value. */
  readonly values: Float32Array
  readonly outputs: number
}

/** Samples as they were before standardisation. */
export interface RawSamples {
  readonly part: JudgedPart
  /** In that part, in the order of the data set. */
  readonly positions: readonly number[]
  /** [positions, features]. */
  readonly inputs: Float32Array
}

/** What an autoencoder makes of the run's pictures. */
export interface Reconstruction {
  readonly step: number
  /** [pictures, features], in the units the data had before standardisation. */
  readonly values: Float32Array
  /** By picture the mean squared error, as the loss has it: of standardised values. */
  readonly errors: readonly number[]
}

export type TrialOutcome =
  | { readonly ok: true; readonly result: TrialResult }
  | { readonly ok: false; readonly message: string }

/** What an experiment came to after its last step. */
export interface TrialResult {
  /** Mean over the last updates' batches. */
  readonly loss: number
  /** Mean over the last measurements; absent where nothing is held out. */
  readonly heldOut?: HeldOutResult
  /** Of the last step, by position in `outputs`; empty where saturation is measured on training batches. */
  readonly spectra: readonly MeasuredSpectrum[]
  readonly outputs: readonly TrackedOutput[]
  readonly millisPerStep: number
}

export type ProbesOutcome =
  | { readonly kind: 'measured'; readonly probes: LinearProbes }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }

export interface FileSummary {
  /** The data part of a spec that reads these files, guesses filled in. */
  readonly data: FileDataSpec
  readonly summary: DatasetSummary
  /** CSV: every column that could be the target. */
  readonly columns?: readonly { readonly name: string; readonly numeric: boolean; readonly distinct: number }[]
}
