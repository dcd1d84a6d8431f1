/**
 * The public entry for scripts, notebooks and tests: `await import('/app/api.ts')` under the dev server. Every function
 * works in a page and in a worker, frees every GPU buffer it made, and rejects with a typed error whose message says
 * what is wrong, where, and what to do.
 */
import { createDataset } from './data/createDataset'
import { DataError } from './data/dataError'
import type { Dataset } from './data/dataset'
import { buildDataset } from './data/fileDataset'
import { readDatasetFiles } from './data/readDatasetFiles'
import { parseSpecOrThrow, SpecError } from './experiment/schema'
import type { ExperimentDocument, ExperimentSpec } from './experiment/spec'
import type { Gpu } from './gpu/device'
import { GpuError } from './gpu/errors'
import { describeSpectrum, type LayerSpectrum } from './metrics/layerSpectrum'
import type { Parameters } from './nn/torchParameters'
import {
  analyzeActivations as analyzeWith,
  type ActivationShape,
  type AnalyzeOptions,
} from './spectral/analyzeActivations'
import { SpectralError } from './spectral/errors'
import {
  symmetricEigenvalues as solveWith,
  type EigenOptions,
  type EigenResult,
  type MatrixInput,
} from './spectral/symmetricEigenvalues'
import { openEngine, type Engine, type EngineChoice } from './training/engine'
import { TrainingError, trainHeadless, type HeadlessColumn } from './training/headless'
import { openSession } from './training/openSession'
import type { HeldOutResult, TrainingSession } from './training/session'

export { DataError, GpuError, SpecError, SpectralError, TrainingError }
export type { EigenResult, ExperimentDocument, LayerSpectrum, Parameters }

/** What training looked like at one column. */
export interface Sample {
  /** Updates done. */
  readonly step: number
  readonly epoch: number
  /** Mean loss of the batch of update max(1, step), before that update. */
  readonly loss: number
  /** Share of that batch classified correctly; NaN for regression. */
  readonly accuracy: number
  /** Over the held-out part of the probe, after `step` updates; absent where nothing is held out. */
  readonly heldOut?: HeldOutResult
  readonly layers: readonly LayerSample[]
  readonly stepsPerSecond: number
  /** Engine, kernels and solvers that computed this. */
  readonly variants: Readonly<Record<string, string>>
}

export interface LayerSample {
  readonly name: string
  readonly kind: 'dense'
  readonly width: number
  readonly spectrum: LayerSpectrum
}

/** The last sample of a run: it can give the trained weights. */
export interface LastSample extends Sample {
  /** A copy of all parameters, under PyTorch's names and in its orientation. */
  readonly parameters: () => Parameters
}

export interface TrainOptions {
  /** Updates to do; overrides the spec's. */
  readonly steps: number
  /** The files of a spec whose data are `idx` or `csv`. */
  readonly files?: readonly File[]
  readonly engine?: EngineChoice
  readonly signal?: AbortSignal
}

/** Spectrum and metrics of activations [samples, features], row-major f32, by the same kernels as training. */
export async function analyzeActivations(
  activations: Float32Array,
  shape: ActivationShape,
  options: AnalyzeOptions = {},
): Promise<LayerSpectrum> {
  return analyzeWith(await gpuFor(options.solver), activations, shape, options)
}

/** All eigenvalues of symmetric matrices, of mixed orders in one batch. */
export async function symmetricEigenvalues(
  matrices: readonly MatrixInput[],
  options: EigenOptions = {},
): Promise<EigenResult[]> {
  return solveWith(await gpuFor(options.solver), matrices, options)
}

/**
 * Trains a spec without a page, at full pace, and yields a sample for every column; the last one, always at
 * `options.steps`, is a `LastSample`.
 * @throws SpecError (with field paths) before anything is allocated, DataError, TrainingError, GpuError; AbortError
 *   where the signal aborts.
 */
export async function* train(
  document: ExperimentDocument,
  options: TrainOptions,
): AsyncGenerator<Sample | LastSample, void, undefined> {
  const spec = specFor(document, options)
  const dataset = await openData(spec, options)
  options.signal?.throwIfAborted()
  const engine = await sharedEngine(options.engine ?? 'auto')
  const session = await openSession(engine, spec, dataset)
  for await (const column of trainHeadless(session, { ...options, cadence: spec.monitor.cadence })) {
    const sample = describeSample(column, session, spec, dataset)
    if (sample.step < options.steps) yield sample
    else {
      const parameters = await session.read()
      yield { ...sample, parameters: () => structuredClone(parameters) }
    }
  }
}

function specFor(document: ExperimentDocument, { steps }: TrainOptions): ExperimentSpec {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new SpecError([
      { path: 'options.steps', message: `Steps is ${String(steps)}; it must be a whole number from 1.` },
    ])
  }
  const spec = parseSpecOrThrow(document)
  return parseSpecOrThrow({ ...spec, training: { ...spec.training, steps } })
}

async function openData({ data, seed }: ExperimentSpec, { files, signal }: TrainOptions): Promise<Dataset> {
  if (data.kind !== 'idx' && data.kind !== 'csv') return createDataset(data, seed)
  const reading = { seed, signal: signal ?? new AbortController().signal, onProgress: () => {} }
  const { content, summary } = await readDatasetFiles(files ?? [], data, reading)
  return buildDataset(content, summary.data, seed)
}

function describeSample(
  { measurement, loss, accuracy, stepsPerSecond }: HeadlessColumn,
  session: TrainingSession,
  { monitor, training }: ExperimentSpec,
  dataset: Dataset,
): Sample {
  const { step, spectra, heldOut } = measurement
  const layers = session.outputs.map((output, index) => ({
    ...output,
    spectrum: describeSpectrum(spectra[index]!, output.width, monitor),
  }))
  const epoch = (step * training.batchSize) / dataset.trainingCount
  return {
    step,
    epoch,
    loss,
    accuracy,
    ...(heldOut && { heldOut }),
    layers,
    stepsPerSecond,
    variants: session.variants,
  }
}

const engines = new Map<EngineChoice, Promise<Engine>>()

/** One device serves all calls; it is opened again after it was lost. */
function sharedEngine(choice: EngineChoice): Promise<Engine> {
  const open = engines.get(choice)
  if (open) return open
  const opened = openEngine(choice)
  engines.set(choice, opened)
  const forget = (): void => void engines.delete(choice)
  opened.then((engine) => (engine.kind === 'gpu' ? engine.gpu.lost.then(forget) : undefined)).catch(forget)
  return opened
}

async function gpuFor(solver: AnalyzeOptions['solver']): Promise<Gpu | undefined> {
  if (solver === 'reference') return undefined
  const engine = await sharedEngine('auto')
  return engine.kind === 'gpu' ? engine.gpu : undefined
}
