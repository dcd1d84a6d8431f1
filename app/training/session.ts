import type { LiveSettings, Sampling } from '../experiment/spec'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import type { RunStart } from '../nn/runStart'
import type { Parameters } from '../nn/torchParameters'
import type { Inspection, InspectionOptions } from './inspection/inspection'

/** A named output of the network whose activations are measured. */
export interface TrackedOutput {
  /** “conv 1”, “hidden 1”, …, “output”. */
  readonly name: string
  readonly kind: 'dense' | 'conv' | 'transposedConv'
  /** d: features of the activation matrix. */
  readonly width: number
}

/** Where a run begins instead of at step 0 with drawn weights: a fork takes up what another run reached. */
export interface SessionStart {
  /** Updates done before; batches, schedule and dropout go on from there, the optimizer's state starts anew. */
  readonly step: number
  readonly parameters: Parameters
}

/** What an engine opens a session with, besides the experiment. */
export interface SessionOptions {
  readonly start: RunStart | undefined
  /** Bytes of snapshots on the GPU. */
  readonly snapshotBudget: number
}

/** Losses of consecutive steps `firstStep`, `firstStep` + 1, …; step s is the s-th update, counted from 1. */
export interface StepRecords {
  readonly firstStep: number
  /** Mean over the batch, before the update; with penalties excluded. */
  readonly loss: Float32Array
  /** Share of the batch classified correctly; NaN where nothing is classified. */
  readonly accuracy: Float32Array
}

/** Loss and accuracy over the fixed held-out subset at frozen weights. */
export interface HeldOutResult {
  readonly loss: number
  /** NaN where nothing is classified. */
  readonly accuracy: number
}

/** What an engine spent on one session so far, in milliseconds of its own time. */
export interface EngineClock {
  readonly trainingMillis: number
  readonly measuringMillis: number
}

/** What the units, or the channels over all positions, of every output pass on: f(z). */
export interface UnitMeasurement {
  /**
   * By output: how many units pass on the same value for every sample of the probe, to f32; undefined where the layer has
   * no activation function.
   */
  readonly deadUnits: readonly (number | undefined)[]
  /** By output: mean over samples, positions and units; not finite where a value is not. */
  readonly meanActivations: readonly number[]
}

/** One column of the heatmap: everything here belongs to the weights after `step` updates. */
export interface Measurement extends Partial<UnitMeasurement> {
  // What `UnitMeasurement` says is absent for windows of training samples.
  readonly step: number
  /** How feature maps were sampled: spectra of one sampling say nothing about those of another. */
  readonly sampling: Sampling
  /** By position in `TrainingSession.outputs`. */
  readonly spectra: readonly MeasuredSpectrum[]
  /** Absent where nothing is held out. */
  readonly heldOut?: HeldOutResult
}

/** Where training broke off because the loss or a gradient was NaN or infinite. */
export interface NonFinite {
  /** The update that was refused; the weights are those after step − 1. */
  readonly step: number
  /** First tracked output, or gradient, that holds NaN or infinity: “hidden 2”, “gradient of hidden 1”, “loss”. */
  readonly where: string
}

/** Weights of a past step. */
export interface Snapshot {
  readonly step: number
  readonly parameters: Parameters
}

/** Reads what the tracked layers make of samples at the weights of one step, while training goes on. */
export interface FeatureReader {
  readonly step: number
  /** Features of a sample by output: of images averaged over a grid (`featureGrid`), else one per unit. */
  readonly widths: readonly number[]
  /** Most samples of the next read. */
  readonly rowsPerRead: number
  /**
   * One read at a time.
   * @param inputs standardised, [rows, features]; `outputs` positions in `TrainingSession.outputs`.
   * @returns [rows, width] for each of the outputs.
   */
  read(inputs: Float32Array, rows: number, outputs: readonly number[]): Promise<readonly Float32Array[]>
  /** Not while something is being read. */
  close(): void
}

/** Reads what the network makes of samples at weights of its own, while training goes on. */
export interface PredictionReader {
  /** Updates behind the weights that were loaded. */
  readonly step: number
  /** The engine's time it took so far, in milliseconds; the session is charged nothing. */
  readonly spentMillis: number
  /** Most samples of the next read. */
  readonly rowsPerRead: number
  /**
   * What is read afterwards is at the weights after all queued updates, or with a step at those of the newest snapshot
   * at or before it; rejects with RangeError where there is none. Not while something is being read.
   */
  load(atStep: number | undefined): Promise<void>
  /**
   * Network outputs [rows, outputs] for standardised inputs [rows, features], once weights were loaded; one read at a
   * time.
   */
  read(inputs: Float32Array, rows: number): Promise<Float32Array>
  /** Not while something is being read. */
  close(): void
}

/** What can be read of a session beside its training. Close what is opened after use; it ends with the session. */
export interface SessionReaders {
  /** Opens what tracked layers say (`monitor.output`) at the weights after all queued updates. */
  openFeatures(): Promise<FeatureReader>
  /** Opens the network's answers to samples of the data set, so many in one go. */
  openPredictions(samples: number): Promise<PredictionReader>
}

/** What a session's snapshots take. */
export interface SnapshotUse {
  readonly count: number
  /** Those in use, those ready for the next ones, and what is on its way to the CPU. */
  readonly bytesOnGpu: number
  readonly bytesInMemory: number
  /** Bytes that may lie on the GPU, the few on their way aside. */
  readonly budget: number
}

/**
 * One network being trained. The GPU plan and the float64 reference engine both stand behind this, so nothing in it
 * speaks of either. Work is queued in call order; promises resolve when results have arrived.
 */
export interface TrainingSession {
  readonly engine: 'gpu' | 'reference'
  /** Time the engine spent on this session so far; of work that several sessions share, its own part. */
  readonly clock: EngineClock
  /** Columns measured so far. */
  readonly columns: number
  /**
   * Steps that must follow `measure()` before its column is complete: 0 for the probe, the window for `train`.
   */
  readonly windowSteps: number
  readonly outputs: readonly TrackedOutput[]
  /** How columns begun now sample feature maps. `outputs` and `variants` are those of this sampling. */
  readonly sampling: Sampling
  /** Kernel variants and solver in use, recorded with every result. */
  readonly variants: Readonly<Record<string, string>>
  /** Updates queued so far; those before the session's start count. */
  readonly step: number
  /** Queues updates; resolves when there is room for more, not when they are done. Nothing once `nonFinite` is set. */
  advance(steps: number): Promise<void>
  /** The records that arrived since the last call, in order; possibly empty. Never waits for the GPU. */
  takeRecords(): readonly StepRecords[]
  /** Set once a record showed NaN or infinity; updates after it changed nothing. */
  readonly nonFinite: NonFinite | undefined
  /**
   * Queues a column for the weights after all queued updates; with a window (`windowSteps` > 0), for the weights
   * after that many further updates.
   * @returns undefined where one of these updates was refused: the weights are those of an earlier step.
   */
  measure(): Promise<Measurement | undefined>
  /**
   * Network outputs [rows, outputs] for standardised inputs [rows, features].
   * @param atStep left out: at the weights after all queued updates; else at those of the newest snapshot at or before
   *   it. Rejects with RangeError where there is none.
   */
  predict(inputs: Float32Array, rows: number, atStep?: number): Promise<Float32Array>
  readonly readers: SessionReaders
  /**
   * What every layer makes of one sample; training goes on meanwhile. Rejects with RangeError where there are no weights
   * of the step that was asked for.
   * @param input standardised, [height, width, channels].
   */
  inspect(input: Float32Array, options: InspectionOptions): Promise<Inspection>
  /**
   * Keeps the weights after all queued updates, without waiting for them; a snapshot of the same step is replaced. Of
   * more than 32 (fewer of a network that would take more than 256 MiB of memory so) those between close neighbours go,
   * never the first or the newest.
   */
  snapshot(): void
  /** Kept ones, in order of their steps. */
  readonly snapshots: readonly { readonly step: number }[]
  readonly snapshotUse: SnapshotUse
  /** Weights of the newest snapshot at or before `step`; rejects with RangeError where there is none. */
  readSnapshot(step: number): Promise<Snapshot>
  /** Waits for all queued updates and copies the weights. */
  read(): Promise<Parameters>
  /** Queues replacing the weights; optimizer state starts anew. */
  restore(parameters: Parameters): void
  /** Applies to updates queued from now on; what is measured is `resample`'s. */
  change(settings: LiveSettings): void
  /**
   * Resolves when columns begun from then on sample feature maps so, or another sampling was asked for since; training
   * goes on meanwhile, and so do columns under way. What it takes may not fit the adapter: then it rejects with GpuError.
   */
  resample(sampling: Sampling): Promise<void>
  /** Resolves when all queued updates are done and their records taken in. */
  settle(): Promise<void>
  /** Frees everything; pending promises reject. */
  destroy(): void
}

/** Thrown at whoever still asks something of a session after its end. */
export class SessionEnded extends Error {
  constructor() {
    super('the session was ended')
  }
}
