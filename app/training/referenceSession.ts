import type { Dataset } from '../data/dataset'
import type { Architecture } from '../experiment/architecture'
import { mergeLiveSettings } from '../experiment/edits'
import type { ExperimentSpec, LiveSettings, Sampling } from '../experiment/spec'
import type { ArrayShape } from '../nn/graph'
import type { ReferenceSamples } from '../nn/reference/batch'
import { arraysOf } from '../nn/parameters'
import { readArrays, type FlatParameters } from '../nn/reference/flatParameters'
import type { Matrix } from '../nn/reference/matrix'
import { ReferenceNetwork } from '../nn/reference/network'
import type { NodeOutputs } from '../nn/reference/passes'
import { fromTorchParameters, toTorchParameters, type Parameters } from '../nn/torchParameters'
import type { Inspection, InspectionOptions } from './inspection/inspection'
import { gatherInputs, networkData } from './networkData'
import { chooseProbe, type ProbeSet } from './probeSet'
import { probeSize } from './probeSize'
import { measureSpectrum, measureUnits } from './referenceMeasuring'
import { ReferenceReaders } from './referenceReaders'
import {
  SessionEnded,
  type HeldOutResult,
  type Measurement,
  type NonFinite,
  type SessionOptions,
  type SessionReaders,
  type Snapshot,
  type SnapshotUse,
  type StepRecords,
  type TrackedOutput,
  type TrainingSession,
} from './session'
import { snapshotCapacity, SnapshotList } from './snapshotList'
import { describeOutput, stepsPerWindow, trackedNodes, type TrackedNode } from './trackedOutputs'
import { yieldToMessages } from './yieldToMessages'

/** The worker answers messages between slices of this length. */
const SLICE_MILLIS = 25

/** A run on the float64 engine: exact, slow, and the same on every machine. Everything happens on the calling thread. */
export function openReferenceSession(
  spec: ExperimentSpec,
  architecture: Architecture,
  dataset: Dataset,
  options: SessionOptions,
): TrainingSession {
  return new ReferenceSession(spec, architecture, dataset, options)
}

/** Training activations gathered for a column, [rows so far · width] by tracked output. */
interface Window {
  stepsLeft: number
  readonly sampling: Sampling
  readonly activations: readonly number[][]
  readonly finish: (measurement: Measurement) => void
  readonly abandon: (error: Error) => void
}

class ReferenceSession implements TrainingSession {
  readonly engine = 'reference'
  readonly variants = { engine: 'float64 on the CPU' }
  readonly windowSteps: number
  readonly clock = { trainingMillis: 0, measuringMillis: 0 }
  readonly readers: SessionReaders
  readonly #spec: ExperimentSpec
  readonly #arrays: readonly ArrayShape[]
  readonly #samples: ReferenceSamples
  readonly #dataset: Dataset
  readonly #flopsPerSample: number
  #sampling: Sampling
  #probe: ProbeSet
  readonly #network: ReferenceNetwork
  readonly #tracked: readonly TrackedNode[]
  readonly #records: StepRecords[] = []
  readonly #snapshots: SnapshotList<FlatParameters>
  readonly #snapshotBytes: number
  readonly #snapshotBudget: number
  #columns = 0
  #settings: LiveSettings = {}
  #window: Window | undefined
  #destroyed = false

  constructor(spec: ExperimentSpec, architecture: Architecture, dataset: Dataset, options: SessionOptions) {
    this.#spec = spec
    this.#samples = networkData(dataset, spec.loss)
    this.#network = new ReferenceNetwork(spec, this.#samples, options.start)
    this.#arrays = arraysOf(this.#network.graph)
    this.#snapshotBytes = 8 * architecture.parameters
    this.#snapshotBudget = options.snapshotBudget
    this.#snapshots = new SnapshotList(snapshotCapacity(this.#snapshotBytes, 0))
    this.#tracked = trackedNodes(this.#network.graph, spec.monitor)
    this.windowSteps = stepsPerWindow(spec)
    this.#dataset = dataset
    this.#flopsPerSample = architecture.flopsPerSample
    this.#sampling = spec.monitor.sampling
    this.#probe = this.#chooseProbe()
    this.readers = new ReferenceReaders({
      network: this.#network,
      snapshots: this.#snapshots,
      tracked: this.#tracked,
      observed: (layer, outputs) => this.#observed(layer, outputs),
      isEnded: () => this.#destroyed,
    })
  }

  get outputs(): readonly TrackedOutput[] {
    return this.#tracked.map((layer) => describeOutput(layer, this.#sampling))
  }

  get sampling(): Sampling {
    return this.#sampling
  }

  get step(): number {
    return this.#network.control.step
  }

  get columns(): number {
    return this.#columns
  }

  get nonFinite(): NonFinite | undefined {
    const place = this.#network.nonFinite
    if (!place) return undefined
    const step = this.#network.control.latchStep
    if (place.kind === 'loss') return { step, where: 'loss' }
    return { step, where: place.kind === 'output' ? place.layer : `gradient of ${place.layer}` }
  }

  async advance(steps: number): Promise<void> {
    for (let left = steps; left > 0 && !this.nonFinite;) {
      if (this.#destroyed) throw new SessionEnded()
      const since = performance.now()
      left -= this.#runSlice(left, since)
      this.clock.trainingMillis += performance.now() - since
      await yieldToMessages()
    }
  }

  takeRecords(): readonly StepRecords[] {
    return this.#records.splice(0)
  }

  async measure(): Promise<Measurement | undefined> {
    if (this.nonFinite) return undefined
    if (this.windowSteps > 0) return this.#openWindow()
    const step = this.step
    const { rows } = this.#probe
    const since = performance.now()
    const outputs = this.#network.forward(gatherInputs(this.#samples, rows), rows.length)
    const sampling = this.#sampling
    const spectra = this.#tracked.map((layer) =>
      measureSpectrum(sampling, this.#observed(layer, outputs).values, rows.length, layer),
    )
    const units = measureUnits(this.#tracked, outputs)
    const column = this.#finishColumn({ step, sampling, spectra, ...units }, since)
    await yieldToMessages()
    return column
  }

  async predict(inputs: Float32Array, rows: number, atStep?: number): Promise<Float32Array> {
    const parameters = atStep === undefined ? undefined : this.#snapshots.newestAt(atStep).copy
    const outputs = this.#network.forward(inputs, rows, parameters)
    await yieldToMessages()
    return Float32Array.from(outputs.at(-1)!.preactivation.values)
  }

  async inspect(input: Float32Array, { atStep, filtersOf }: InspectionOptions): Promise<Inspection> {
    const { inspectReference } = await import('./inspection/referenceInspector')
    const now = { step: this.step, copy: this.#network.copyParameters() }
    const weights = atStep === undefined ? now : this.#snapshots.newestAt(atStep)
    return inspectReference(this.#network, this.#spec.layers, { input, weights, filtersOf })
  }

  snapshot(): void {
    this.#snapshots.makeRoom(this.step)
    this.#snapshots.add(this.step, this.#network.copyParameters())
  }

  get snapshots(): readonly { readonly step: number }[] {
    return this.#snapshots.kept
  }

  get snapshotUse(): SnapshotUse {
    const { length: count } = this.#snapshots.kept
    return { count, bytesOnGpu: 0, bytesInMemory: count * this.#snapshotBytes, budget: this.#snapshotBudget }
  }

  async readSnapshot(step: number): Promise<Snapshot> {
    const kept = this.#snapshots.newestAt(step)
    const parameters = toTorchParameters(this.#arrays, readArrays(kept.copy))
    return { step: kept.step, parameters }
  }

  async read(): Promise<Parameters> {
    return toTorchParameters(this.#arrays, this.#network.read())
  }

  restore(parameters: Parameters): void {
    this.#network.restore(fromTorchParameters(this.#arrays, parameters))
  }

  change(settings: LiveSettings): void {
    this.#settings = mergeLiveSettings(this.#settings, settings)
  }

  async resample(sampling: Sampling): Promise<void> {
    this.#sampling = sampling
    this.#probe = this.#chooseProbe()
  }

  settle(): Promise<void> {
    return Promise.resolve()
  }

  destroy(): void {
    this.#destroyed = true
    this.#window?.abandon(new SessionEnded())
  }

  #chooseProbe(): ProbeSet {
    const { monitor, seed } = this.#spec
    const demand = { samples: monitor.samples, sampling: this.#sampling, outputs: this.#tracked, software: true }
    return chooseProbe(this.#dataset, seed, probeSize({ ...demand, flopsPerSample: this.#flopsPerSample }))
  }

  /** @returns how many updates were done before the slice was over. */
  #runSlice(steps: number, since: number): number {
    const firstStep = this.step + 1
    const losses: number[] = []
    const accuracies: number[] = []
    while (losses.length < steps && performance.now() - since < SLICE_MILLIS) {
      const { loss, correctShare, outcome } = this.#network.step(this.#settings)
      if (outcome === 'refused') break
      losses.push(loss)
      accuracies.push(this.#samples.targetKind === 'classes' ? correctShare : Number.NaN)
      this.#watchWindow()
    }
    const record = { firstStep, loss: Float32Array.from(losses), accuracy: Float32Array.from(accuracies) }
    if (losses.length > 0) this.#records.push(record)
    return losses.length
  }

  #openWindow(): Promise<Measurement> {
    return new Promise((finish, abandon) => {
      const activations = this.#tracked.map(() => [])
      this.#window = { stepsLeft: this.windowSteps, sampling: this.#sampling, activations, finish, abandon }
    })
  }

  #watchWindow(): void {
    const window = this.#window
    if (!window) return
    this.#tracked.forEach((layer, output) => {
      for (const value of this.#observed(layer, this.#network.batchOutputs).values)
        window.activations[output]!.push(value)
    })
    window.stepsLeft--
    if (window.stepsLeft > 0) return
    this.#window = undefined
    const since = performance.now()
    const samples = this.windowSteps * this.#spec.training.batchSize
    const { sampling } = window
    const spectra = this.#tracked.map((layer, output) =>
      measureSpectrum(sampling, window.activations[output]!, samples, layer),
    )
    window.finish(this.#finishColumn({ step: this.step, sampling, spectra }, since))
  }

  #observed({ own, final }: TrackedNode, outputs: readonly NodeOutputs[]): Matrix {
    return this.#spec.monitor.output === 'pre' ? outputs[own]!.own : outputs[final]!.activation
  }

  #finishColumn(measured: Measurement, since: number): Measurement {
    const heldOut = this.#evaluateHeldOut()
    this.clock.measuringMillis += performance.now() - since
    this.#columns++
    return { ...measured, ...(heldOut && { heldOut }) }
  }

  #evaluateHeldOut(): HeldOutResult | undefined {
    const { rows, heldOutRows } = this.#probe
    if (heldOutRows === 0) return undefined
    const { loss, correct } = this.#network.evaluate(rows.subarray(0, heldOutRows))
    const accuracy = this.#samples.targetKind === 'classes' ? correct / heldOutRows : Number.NaN
    return { loss: loss / heldOutRows, accuracy }
  }
}
