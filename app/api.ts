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
import { dataShape } from './experiment/dataShape'
import { describeFound, formatNumber, listAlternatives, type FieldFault } from './experiment/faults'
import { isFileData } from './experiment/dataKinds'
import { parseSpecOrThrow, SpecError } from './experiment/schema'
import { numberSettings } from './experiment/settings'
import type { ExperimentDocument, ExperimentSpec } from './experiment/spec'
import type { Gpu } from './gpu/device'
import { GpuError } from './gpu/errors'
import { describeSpectrum, type LayerSpectrum } from './metrics/layerSpectrum'
import type { Parameters } from './nn/torchParameters'
import { analyzeActivations as analyzeWith, type AnalyzeOptions } from './spectral/analyzeActivations'
import { SpectralError } from './spectral/errors'
import type { ActivationShape, MatrixInput } from './spectral/inputs'
import { symmetricEigenvalues as solveWith, type EigenOptions, type EigenResult } from './spectral/symmetricEigenvalues'
import type { Engine, EngineChoice } from './training/engine'
import { abortError, TrainingError, trainHeadless, type HeadlessColumn } from './training/headless'
import { measureLinearProbes, type LinearProbes } from './training/linearProbes/linearProbes'
import { NoLinearProbes, probedClasses } from './training/linearProbes/probeSamples'
import { checkArchitecture, openSession } from './training/openSession'
import type { HeldOutResult, TrainingSession } from './training/session'
import { failOnFault, forgetIfLost, listenForFaults, sharedEngine } from './training/sharedEngine'

export { DataError, GpuError, NoLinearProbes, SpecError, SpectralError, TrainingError }
export type { EigenResult, ExperimentDocument, LayerSpectrum, LinearProbes, Parameters }

/** What training looked like at one column. */
export interface Sample {
  /** Updates done. */
  readonly step: number
  readonly epoch: number
  /** Mean loss of the batch of update max(1, step), before that update. */
  readonly loss: number
  /** Share of that batch classified correctly; NaN where nothing is classified. */
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
  readonly kind: 'dense' | 'conv' | 'transposedConv'
  readonly width: number
  readonly spectrum: LayerSpectrum
}

/** The last sample of a run: it can give the trained weights. */
export interface LastSample extends Sample {
  /** Where `linearProbes` was set: accuracy by position in `layers`. */
  readonly linearProbes?: LinearProbes
  /** A copy of all parameters, under PyTorch's names and in its orientation. */
  readonly parameters: () => Parameters
}

export interface TrainOptions {
  /** Updates to do; overrides the spec's. */
  readonly steps: number
  /** The files of a spec whose data are `idx` or `csv`. */
  readonly files?: readonly File[]
  readonly engine?: EngineChoice
  /** After the last update, fits a linear classifier to every measured layer. Refuses data without classes. */
  readonly linearProbes?: boolean
  readonly signal?: AbortSignal
}

/** Spectrum and metrics of activations [samples, features], row-major f32, by the same kernels as training. */
export async function analyzeActivations(
  activations: Float32Array,
  shape: ActivationShape,
  options: AnalyzeOptions = {},
): Promise<LayerSpectrum> {
  return withGpu(options.solver, (gpu) => analyzeWith(gpu, activations, shape, options))
}

/** All eigenvalues of symmetric matrices, of mixed orders in one batch. */
export async function symmetricEigenvalues(
  matrices: readonly MatrixInput[],
  options: EigenOptions = {},
): Promise<EigenResult[]> {
  return withGpu(options.solver, (gpu) => solveWith(gpu, matrices, options))
}

/**
 * Trains a spec without a page, at full pace, and yields a sample for every column; the last one, always at
 * `options.steps`, is a `LastSample`, and when it comes everything has been freed.
 * @throws SpecError (with field paths) before anything is allocated, DataError, NoLinearProbes, TrainingError, GpuError;
 *   AbortError where the signal aborts.
 */
export async function* train(
  document: ExperimentDocument,
  options: TrainOptions,
): AsyncGenerator<Sample | LastSample, void, undefined> {
  const { steps, signal } = options
  const spec = specFor(document, options)
  let engine: Engine | undefined
  try {
    signal?.throwIfAborted()
    engine = await sharedEngine(options.engine ?? 'auto')
    const { session, dataset } = await openRun(engine, spec, options)
    let last: LastSample | undefined
    for await (const column of trainHeadless(session, {
      steps,
      cadence: spec.monitor.cadence,
      listenForFaults,
      ...(signal && { signal }),
    })) {
      const sample = describeSample(column, session, spec, dataset)
      if (sample.step < steps) yield sample
      else last = await completeLast(sample, session, dataset, spec, options)
    }
    if (last) yield last
  } catch (error) {
    if (engine) forgetIfLost(engine, error)
    // Whatever an abort interrupted fails in a way of its own.
    throw signal?.aborted ? abortError(signal) : error
  }
}

function specFor(document: ExperimentDocument, options: TrainOptions): ExperimentSpec {
  const faults = optionFaults(options)
  if (faults.length > 0) throw new SpecError(faults)
  const spec = parseSpecOrThrow(document)
  const files = options.files?.length ?? 0
  if (isFileData(spec.data) && files === 0) {
    const message = `Data of kind “${spec.data.kind}” come from files, and none was passed. Pass them as options.files.`
    throw new SpecError([{ path: 'options.files', message }])
  }
  if (!isFileData(spec.data) && files > 0) {
    const message = `Data of kind “${spec.data.kind}” are generated, but files were passed. Set the kind to “idx”, “cifar10”, “images” or “csv”, or pass no files.`
    throw new SpecError([{ path: 'data.kind', message }])
  }
  return parseSpecOrThrow({ ...spec, training: { ...spec.training, steps: options.steps } })
}

const ENGINES: readonly unknown[] = ['auto', 'gpu', 'reference'] satisfies EngineChoice[]

function optionFaults({ steps, engine = 'auto' }: TrainOptions): FieldFault[] {
  const faults: FieldFault[] = []
  const { minimum, maximum } = numberSettings['training.steps'].range
  if (!Number.isInteger(steps) || steps < minimum || steps > maximum) {
    const range = `a whole number from ${formatNumber(minimum)} to ${formatNumber(maximum)}`
    faults.push({ path: 'options.steps', message: `Steps is ${describeFound(steps)}; it must be ${range}.` })
  }
  if (!ENGINES.includes(engine)) {
    const message = `Engine is ${describeFound(engine)}. Use ${listAlternatives(ENGINES.map(describeFound))}.`
    faults.push({ path: 'options.engine', message })
  }
  return faults
}

async function openRun(
  engine: Engine,
  spec: ExperimentSpec,
  { files, linearProbes, signal }: TrainOptions,
): Promise<{ readonly session: TrainingSession; readonly dataset: Dataset }> {
  const shape = dataShape(spec.data)
  if (shape) checkArchitecture(engine, spec, shape)
  const dataset = await openData(spec, files ?? [], signal)
  // Better than after the last update.
  if (linearProbes) probedClasses(dataset)
  signal?.throwIfAborted()
  let session: TrainingSession | undefined
  try {
    session = await failOnFault(engine, async () => (session = await openSession(engine, spec, dataset)))
    return { session, dataset }
  } catch (error) {
    session?.destroy()
    throw error
  }
}

async function openData(
  { data, seed }: ExperimentSpec,
  files: readonly File[],
  signal = new AbortController().signal,
): Promise<Dataset> {
  if (!isFileData(data)) return createDataset(data, seed)
  const { content, summary } = await readDatasetFiles(files, data, { seed, signal, onProgress: () => {} })
  return buildDataset(content, summary.data, seed)
}

async function completeLast(
  sample: Sample,
  session: TrainingSession,
  dataset: Dataset,
  { seed }: ExperimentSpec,
  { linearProbes = false, signal }: TrainOptions,
): Promise<LastSample> {
  const parameters = await session.read()
  const last = { ...sample, parameters: () => structuredClone(parameters) }
  if (!linearProbes) return last
  return { ...last, linearProbes: await measureLinearProbes(session, dataset, { seed, ...(signal && { signal }) }) }
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

async function withGpu<Result>(
  solver: AnalyzeOptions['solver'],
  work: (gpu: Gpu | undefined) => Promise<Result>,
): Promise<Result> {
  if (solver === 'reference') return work(undefined)
  const engine = await sharedEngine('auto')
  return failOnFault(engine, () => work(engine.kind === 'gpu' ? engine.gpu : undefined))
}
