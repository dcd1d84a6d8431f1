import type { Dataset } from '../data/dataset'
import type { Architecture } from '../experiment/architecture'
import { mergeLiveSettings } from '../experiment/edits'
import type { ExperimentSpec, LiveSettings, Sampling } from '../experiment/spec'
import { BufferScope } from '../gpu/buffers'
import { reportOutOfMemory } from '../gpu/errors'
import { hyperparametersAt } from '../nn/hyperparameters'
import { initialValues } from '../nn/initialisation'
import { clearLatch, RING_STEPS, writeHyperparameters, writeStart } from '../nn/kernels/stepControl'
import { packParameters } from '../nn/parameters'
import { epochPlaceAt } from '../nn/runStart'
import { fromTorchParameters, type Parameters } from '../nn/torchParameters'
import { compileRun, type CompiledRun } from './compiledRun'
import type { GpuEngine } from './engine'
import { findNonFinite } from './faultFinder'
import { GpuReaders } from './gpuReaders'
import { GpuSnapshots } from './gpuSnapshots'
import type { Inspection, InspectionOptions } from './inspection/inspection'
import { LiveMeasuring, type OpenWindow } from './liveMeasuring'
import type { Measuring } from './measuring'
import { RecordCollector } from './recordCollector'
import {
  SessionEnded,
  type EngineClock,
  type Measurement,
  type NonFinite,
  type SessionOptions,
  type Snapshot,
  type SnapshotUse,
  type StepRecords,
  type TrackedOutput,
  type TrainingSession,
} from './session'

/** Updates that may be queued beyond the last collected record: the ring must not overwrite what was not read. */
const MOST_UNRECORDED = RING_STEPS / 2

/**
 * Compiles everything a run needs and uploads its data.
 * @throws GpuError where the adapter cannot hold it; nothing stays allocated then.
 */
export async function openGpuSession(
  engine: GpuEngine,
  spec: ExperimentSpec,
  architecture: Architecture,
  dataset: Dataset,
  options: SessionOptions,
): Promise<TrainingSession> {
  const scope = new BufferScope(engine.gpu)
  try {
    const compile = () => compileRun(engine, scope, spec, architecture, dataset)
    return new GpuSession(await reportOutOfMemory(engine.gpu.device, compile), options)
  } catch (error) {
    scope.destroy()
    throw error
  }
}

class GpuSession implements TrainingSession {
  readonly engine = 'gpu'
  readonly windowSteps: number
  readonly readers: GpuReaders
  readonly #run: CompiledRun
  readonly #measuring: LiveMeasuring
  readonly #records: RecordCollector
  readonly #snapshots: GpuSnapshots
  #step: number
  #optimizerStart: number
  #settings: LiveSettings = {}
  #nonFinite: NonFinite | undefined
  #collecting: Promise<void> | undefined
  #window: OpenWindow | undefined
  #columns = 0
  #decodingMillis = 0
  #ended = false

  constructor(run: CompiledRun, { start, snapshotBudget }: SessionOptions) {
    const { engine, graph, control, parameters, spec } = run
    this.#run = run
    this.#measuring = new LiveMeasuring(run.measuring, run.openMeasuring)
    this.windowSteps = run.measuring.windowSteps
    this.#step = this.#optimizerStart = start?.step ?? 0
    this.#records = new RecordCollector(this, run, this.#step)
    this.#snapshots = new GpuSnapshots(this, run, snapshotBudget)
    this.readers = new GpuReaders(this, run, (into, step) => this.#snapshots.load(into, step))
    const initial = start?.values ?? initialValues(spec.initialisation, graph, spec.seed)
    this.#writeParameters(packParameters(parameters.layout, initial))
    const place = epochPlaceAt(this.#step, spec.training.batchSize, run.trainingCount)
    writeStart(engine.gpu.device.queue, control, this.#step, place)
  }

  get outputs(): readonly TrackedOutput[] {
    return this.#measuring.current.outputs
  }

  get sampling(): Sampling {
    return this.#measuring.current.sampling
  }

  get variants(): Readonly<Record<string, string>> {
    const { engine, training } = this.#run
    const name = `WebGPU on ${engine.report.adapterName}`
    return { engine: name, ...training.variants, ...this.#measuring.current.variants }
  }

  get step(): number {
    return this.#step
  }

  get clock(): EngineClock {
    const { training, measuring } = this.#run.engine.queue.spentOn(this)
    return { trainingMillis: training, measuringMillis: measuring + this.#decodingMillis }
  }

  get columns(): number {
    return this.#columns
  }

  get nonFinite(): NonFinite | undefined {
    return this.#nonFinite
  }

  async advance(steps: number): Promise<void> {
    for (let left = steps; left > 0;) {
      while (this.#step - this.#records.recordedStep > MOST_UNRECORDED && !this.#nonFinite) await this.#collect()
      if (this.#ended) throw new SessionEnded()
      if (this.#nonFinite) return
      const most = Math.min(left, MOST_UNRECORDED)
      left -= await this.#enqueueSteps(this.#window ? Math.min(most, this.#window.stepsLeft) : most)
    }
  }

  takeRecords(): readonly StepRecords[] {
    if (this.#step > this.#records.recordedStep && !this.#nonFinite) {
      // What it brings is taken at the next call; a failure surfaces in `advance` or `settle`.
      this.#collect().catch(() => {})
    }
    return this.#records.take()
  }

  measure(): Promise<Measurement | undefined> {
    return this.#measuring.use((measuring) => {
      if (measuring.windowSteps === 0) return this.#finishColumn(measuring)
      if (this.#window) return Promise.reject(new Error('a window is open: it must close before the next one opens'))
      return new Promise((resolve, reject) => {
        const finish = (): void => void this.#finishColumn(measuring).then(resolve, reject)
        this.#window = { stepsLeft: measuring.windowSteps, measuring, finish, abandon: reject }
        measuring.openWindow(this, reject).catch(reject)
      })
    })
  }

  async resample(sampling: Sampling): Promise<void> {
    try {
      await this.#measuring.change(sampling)
    } catch (error) {
      // What was being prepared for an ended session is gone with it.
      if (!this.#ended) throw error
    }
  }

  predict(inputs: Float32Array, rows: number, atStep?: number): Promise<Float32Array> {
    return this.readers.predictor.predict(inputs, rows, atStep)
  }

  inspect(input: Float32Array, options: InspectionOptions): Promise<Inspection> {
    return this.readers.inspect(input, options)
  }

  snapshot(): void {
    if (!this.#ended) this.#snapshots.take(this.#step)
  }

  get snapshots(): readonly { readonly step: number }[] {
    return this.#snapshots.kept
  }

  get snapshotUse(): SnapshotUse {
    return this.#snapshots.use
  }

  readSnapshot(step: number): Promise<Snapshot> {
    return this.#snapshots.read(step)
  }

  read(): Promise<Parameters> {
    return this.#snapshots.readCurrent()
  }

  restore(saved: Parameters): void {
    const { parameters, control, training } = this.#run
    const { layout } = parameters
    const flat = packParameters(layout, fromTorchParameters(layout.arrays, saved))
    this.#optimizerStart = this.#step
    this.#nonFinite = undefined
    this.#whenReached(() => {
      this.#writeParameters(flat)
      const { queue } = this.#run.engine.gpu.device
      clearLatch(queue, control)
      for (const moment of training.moments) queue.writeBuffer(moment, 0, new Uint8Array(moment.size))
    })
  }

  change(settings: LiveSettings): void {
    const { graph, training } = this.#run
    this.#settings = mergeLiveSettings(this.#settings, settings)
    if (!settings.dropout) return
    const { dropout } = this.#settings
    this.#whenReached(() => {
      graph.nodes.forEach(({ dropout: own }, node) => {
        const rate = own && dropout?.[own.layer]
        if (rate !== undefined) training.dropout[node]!.change(rate)
      })
    })
  }

  async settle(): Promise<void> {
    while (this.#step > this.#records.recordedStep && !this.#nonFinite) await this.#collect()
    await this.#run.engine.queue.drain(this)
  }

  destroy(): void {
    this.#ended = true
    this.#window?.abandon(new SessionEnded())
    this.#run.engine.queue.discard(this)
    this.readers.destroy()
    this.#snapshots.destroy()
    this.#run.scope.destroy()
  }

  /** @returns how many steps were queued: all, unless the window closes before. */
  async #enqueueSteps(steps: number): Promise<number> {
    const { engine, training, spec } = this.#run
    const rows = Array.from({ length: steps }, (_, index) =>
      hyperparametersAt(spec, this.#settings, this.#step + index, this.#optimizerStart),
    )
    writeHyperparameters(engine.gpu.device.queue, training.hyperparameters, this.#step, rows)
    const plan = this.#window ? [...training.plan, ...this.#window.measuring.windowStep] : training.plan
    const room = engine.queue.enqueue({ owner: this, kind: 'training', plan, repeat: steps })
    this.#step += steps
    this.#closeWindowIfFull(steps)
    await room
    return steps
  }

  #closeWindowIfFull(steps: number): void {
    const window = this.#window
    if (!window) return
    window.stepsLeft -= steps
    if (window.stepsLeft > 0) return
    this.#window = undefined
    window.finish()
  }

  async #finishColumn(measuring: Measuring): Promise<Measurement | undefined> {
    const step = this.#step
    const raw = await measuring.finishColumn(this)
    const decodingSince = performance.now()
    const column = await measuring.decode(raw)
    this.#decodingMillis += this.#run.engine.solverClock.end(decodingSince)
    if (!column) return undefined
    this.#columns++
    return { step, ...column }
  }

  #collect(): Promise<void> {
    this.#collecting ??= this.#collectRecords().finally(() => (this.#collecting = undefined))
    return this.#collecting
  }

  async #collectRecords(): Promise<void> {
    const { engine, graph, forward, training } = this.#run
    const { latchStep } = await this.#records.collect()
    if (latchStep === 0 || this.#nonFinite) return
    await engine.queue.drain(this)
    const where = await findNonFinite(engine.gpu, graph, forward, training)
    this.#step = latchStep - 1
    // Nothing was updated since, so what was kept for a later step is none of it.
    this.#snapshots.dropAfter(this.#step)
    this.#nonFinite = { step: latchStep, where }
  }

  /** Runs `write` once everything queued so far has been submitted and before anything later is. */
  #whenReached(write: () => void): void {
    const { queue } = this.#run.engine
    const work = { owner: this, kind: 'training', plan: [], repeat: 0, onSubmitted: write, closesSubmit: true } as const
    // A lost device rejects here and in every other queued work; the scheduler hears it from those.
    queue.enqueue(work).catch(() => {})
  }

  #writeParameters(flat: Float32Array): void {
    const { engine, parameters } = this.#run
    engine.gpu.device.queue.writeBuffer(parameters.buffer, 0, flat as GPUAllowSharedBufferSource)
  }
}
