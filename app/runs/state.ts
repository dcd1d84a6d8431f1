import type { Convention, ExperimentSpec } from '../experiment/spec'
import type { FieldFault } from '../experiment/faults'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import type {
  EngineReport,
  FileSummary,
  Inspected,
  InspectedSample,
  Letter,
  LinearProbes,
  Pace,
  Predictions,
  RawSamples,
  Reconstruction,
  RunId,
  SamplePage,
  SnapshotUse,
  StartedRun,
  StopReason,
  Surface,
} from '../worker/protocol'
import type { Highlight } from './highlight'
import type { Study } from './study'

// `ui` may import `runs` but not `worker`: these types reach it through here.
export type {
  EngineReport,
  FileSummary,
  Filters,
  Inspected,
  InspectedSample,
  LayerMaps,
  Letter,
  LinearProbes,
  PictureSummary,
  PlaneSummary,
  Predictions,
  SamplePage,
  Reconstruction,
  StartedRun,
  Surface,
} from '../worker/protocol'

/**
 * Everything the page shows, as one immutable value; the store (store.ts) publishes a new one at most once per
 * animation frame. Long series live outside it, in `Series` that grow in place: components read them when
 * a run's `revision` changed.
 */
export interface PageState {
  readonly engine: EngineReport | undefined
  /** The experiments side by side, in the order of their letters; there is always one. */
  readonly contenders: readonly [Contender, ...Contender[]]
  /** Whose network is edited and whose spectrum is shown. */
  readonly active: Letter
  /** What the others are compared with. */
  readonly baseline: Letter
  readonly history: EditHistoryState
  /** What is, or was, tried out in the background; the newest first. */
  readonly studies: readonly Study[]
  readonly pace: Pace
  readonly view: View
  readonly files: FileReading
  readonly inspection: InspectionState
  /** Something the page as a whole has to say, as that the link it was opened with is damaged. */
  readonly notice: string | undefined
}

/** Whether there is an edit to take back, or one to make again. */
interface EditHistoryState {
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** One of the experiments that race: what it is meant to be, and what runs. */
export interface Contender {
  readonly letter: Letter
  /** What is edited; its spec is equal to `run.spec` when it could be started. */
  readonly draft: Draft
  /** Undefined until it has started for the first time. */
  readonly run: RunState | undefined
  /** The step of another run it was forked at; undefined where it was not, and once it started anew. */
  readonly origin: Origin | undefined
}

export interface Origin {
  readonly letter: Letter
  readonly step: number
  /** Whether it has the weights of that step; not where its layers are others: then it begins at step 0. */
  readonly keepsWeights: boolean
}

export interface Draft {
  readonly spec: ExperimentSpec
  /** What the page itself finds wrong with the spec; it is not started then. */
  readonly faults: readonly FieldFault[]
  /** The start that was asked for since the last edit: only its refusal is about this draft. */
  readonly asked: RunId | undefined
  /** What the worker finds wrong; gone with the next edit, and once a run starts. */
  readonly refusal: Refusal | undefined
}

interface Refusal {
  /** About the experiment as a whole. */
  readonly message: string
  readonly fields: readonly FieldFault[]
}

export interface RunState {
  readonly id: RunId
  readonly spec: ExperimentSpec
  readonly started: StartedRun
  readonly playing: boolean
  /** Why it does not play; undefined while playing. */
  readonly stop: StopReason | undefined
  readonly step: number
  readonly plannedSteps: number
  readonly epoch: number
  readonly stepsPerSecond: number
  readonly millisPerStep: number
  readonly millisPerColumn: number
  /** Live changes in order: what the run's weights depend on besides its spec. */
  readonly changes: readonly RunChange[]
  readonly surface: Surface | undefined
  readonly reconstruction: Reconstruction | undefined
  /** Kept weights, to go back to; undefined before the first frame. */
  readonly snapshots: SnapshotUse | undefined
  readonly probes: RunProbes
  readonly predictions: RunPredictions
  /** Grows with every frame that changed `history`. */
  readonly revision: number
  readonly history: RunHistory
}

/** Linear probes of a run's layers. */
export interface RunProbes {
  /** Share that is done of those being measured, 0…1; undefined where none are. */
  readonly underWay: number | undefined
  /** The newest few, in the order in which they were asked for. */
  readonly measured: readonly LinearProbes[]
  /** Why the last ones could not be measured. */
  readonly failure: string | undefined
}

/** The classes that a run predicts for as long as somebody looks. */
export interface RunPredictions {
  /** Undefined before anybody looked. */
  readonly newest: Predictions | undefined
  /** Why there are no newer ones. */
  readonly failure: string | undefined
  /** The samples that were asked for last. */
  readonly samples: RawSamples | undefined
}

/** One setting that was changed live. */
export interface RunChange {
  /** The last update made without it. */
  readonly step: number
  readonly path: string
  readonly value: unknown
}

/** The measured past of a run. Read it; only the store appends. */
interface RunHistory {
  readonly training: LossSeries
  /** Columns in step order. */
  readonly columns: readonly HistoryColumn[]
}

export interface HistoryColumn {
  readonly step: number
  readonly spectra: readonly MeasuredSpectrum[]
  readonly heldOutLoss: number | undefined
  readonly heldOutAccuracy: number | undefined
  /** By output: units that say the same of every probe sample; undefined without activation function. */
  readonly deadUnits?: readonly (number | undefined)[]
  /** By output: mean of f(z) over samples, positions and units. */
  readonly meanActivations?: readonly number[]
}

/** Loss and accuracy per step, decimated to a bounded number of points. */
export interface LossSeries {
  readonly length: number
  readonly steps: Float64Array
  readonly loss: Float32Array
  readonly accuracy: Float32Array
}

/** How the page looks at a run; nothing here changes a number. */
export interface View {
  /** δ, 0.5–0.9999. */
  readonly threshold: number
  readonly convention: Convention
  readonly colourScale: 'sqrt' | 'linear'
  /** What the heatmap shows of several runs: every one, what each differs from the baseline, or only the active one. */
  readonly compare: 'each' | 'difference' | 'active'
  /** The output whose spectrum is shown. */
  readonly selectedOutput: number
  /** Step under the crosshair in every chart, or undefined. */
  readonly hoverStep: number | undefined
  /** A step pinned by scrubbing back; undefined follows the newest column. */
  readonly pinnedStep: number | undefined
  /** What the open *Why?* marks in the charts. */
  readonly highlight: Highlight | undefined
  readonly logSpectrum: boolean
  readonly logLoss: boolean
  /** Weight of the past in the smoothed curve, 0 ≤ smoothing < 1. */
  readonly smoothing: number
  readonly theme: 'system' | 'light' | 'dark'
}

/** One sample in the active run's network, live. */
export interface InspectionState {
  readonly sample: InspectedSample
  /** Name of the layer whose weights are shown. */
  readonly filtersOf: string | undefined
  /** Whether somebody looks: else nothing is computed. */
  readonly isWatched: boolean
  /** What was shown last, be it of an earlier run. */
  readonly seen: Inspected | undefined
  /** Samples to choose from. */
  readonly page: SamplePage | undefined
  /** Why nothing new is shown. */
  readonly failure: string | undefined
}

export type FileReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly names: readonly string[]; readonly fraction: number; readonly doing: string }
  | { readonly kind: 'refused'; readonly names: readonly string[]; readonly message: string }
  /** Parsed: the user may change guesses before training on it, or start at once. */
  | { readonly kind: 'read'; readonly names: readonly string[]; readonly summary: FileSummary }
