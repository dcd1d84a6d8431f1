import { openGpu, type Gpu } from '../gpu/device'
import { GpuError } from '../gpu/errors'
import { SharedBuffers } from '../gpu/sharedBuffers'
import type { UploadedSamples } from '../nn/sampleTable'
import { solveInline, startEigenWorker, type SolveSymmetric } from '../spectral/eigenWorker'
import type { MeterSolver } from '../spectral/spectrumMeter'
import { JointSolver } from './jointSolver'
import type { UploadedProbe } from './probeUpload'
import { SerialClock } from './serialClock'
import { SubmitQueue } from './submitQueue'

/** What computes, in words for the user; recorded with every result. */
export interface EngineReport {
  readonly engine: 'gpu' | 'reference'
  readonly adapterName: string
  /** The adapter computes on the CPU. */
  readonly software: boolean
  /** Why there is no GPU; only with `reference`. */
  readonly reason?: string
}

/** `gpu`: WebGPU or an error; `reference`: float64 on the CPU; `auto`: the GPU where there is one. */
export type EngineChoice = 'auto' | 'gpu' | 'reference'

export interface GpuEngine {
  readonly kind: 'gpu'
  readonly gpu: Gpu
  /** Shared by all sessions on this device. */
  readonly queue: SubmitQueue
  /** What sessions on equal data read alike, by data set. */
  readonly shared: { readonly samples: SharedBuffers<UploadedSamples>; readonly probes: SharedBuffers<UploadedProbe> }
  /** What solves spectra; a test may force what the adapter does not suggest. */
  readonly solver: MeterSolver
  /** The eigen solver on the GPU, for all sessions together. */
  readonly jointSolver: JointSolver
  /** The float64 eigen solver for what the GPU does not solve; one column after another. */
  readonly solveSymmetric: SolveSymmetric
  /** Shares its time out among the columns of all sessions. */
  readonly solverClock: SerialClock
  readonly report: EngineReport
  /** Hears of errors of the GPU that no caller caught, as running out of memory in the middle of a run. */
  onFault(listener: (error: Error) => void): void
  close(): void
}

interface ReferenceEngine {
  readonly kind: 'reference'
  readonly report: EngineReport
  onFault(listener: (error: Error) => void): void
  close(): void
}

/** Sessions on an engine must be destroyed before it is closed. */
export type Engine = GpuEngine | ReferenceEngine

/** True for what a session or the opening of an engine rejects with when the GPU went away. */
export function isDeviceLost(error: unknown): boolean {
  return error instanceof GpuError && error.fault === 'device-lost'
}

/** True for what a session rejects with when the adapter cannot hold what was asked for; what it has goes on. */
export function isTooLarge(error: unknown): error is Error {
  return error instanceof GpuError && (error.fault === 'out-of-memory' || error.fault === 'limit-too-low')
}

/** @throws GpuError where `choice` is `gpu` and there is none. */
export async function openEngine(choice: EngineChoice): Promise<Engine> {
  if (choice === 'reference') return referenceEngine('The float64 reference engine was chosen.')
  try {
    return createGpuEngine(await openGpu())
  } catch (error) {
    if (choice === 'gpu' || !(error instanceof GpuError)) throw error
    return referenceEngine(error.message)
  }
}

/** An engine on an open device. */
export function createGpuEngine(gpu: Gpu, solver: MeterSolver = 'auto'): GpuEngine {
  // Node has no web workers; there the solver runs beside the training it belongs to.
  const eigenWorker = typeof Worker === 'undefined' ? undefined : startEigenWorker()
  // Whoever lost the device asks for another engine, which has a solver of its own.
  void gpu.lost.then(() => eigenWorker?.close())
  const queue = new SubmitQueue(gpu)
  return {
    kind: 'gpu',
    gpu,
    queue,
    solver,
    jointSolver: new JointSolver(gpu, queue),
    shared: { samples: new SharedBuffers(gpu), probes: new SharedBuffers(gpu) },
    solveSymmetric: eigenWorker?.solve ?? solveInline,
    solverClock: new SerialClock(),
    report: { engine: 'gpu', adapterName: gpu.adapterName, software: gpu.software },
    onFault: (listener) => (gpu.onUncapturedError = listener),
    close() {
      eigenWorker?.close()
      gpu.close()
    },
  }
}

function referenceEngine(reason: string): ReferenceEngine {
  return {
    kind: 'reference',
    report: { engine: 'reference', adapterName: 'float64 on the CPU', software: true, reason },
    onFault() {},
    close() {},
  }
}
