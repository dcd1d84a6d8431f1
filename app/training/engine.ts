import { openGpu, type Gpu } from '../gpu/device'
import { GpuError } from '../gpu/errors'
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
  readonly report: EngineReport
}

export interface ReferenceEngine {
  readonly kind: 'reference'
  readonly report: EngineReport
}

export type Engine = GpuEngine | ReferenceEngine

/** @throws GpuError where `choice` is `gpu` and there is none. */
export async function openEngine(choice: EngineChoice): Promise<Engine> {
  if (choice === 'reference') return referenceEngine('The float64 reference engine was chosen.')
  try {
    const gpu = await openGpu()
    const report: EngineReport = { engine: 'gpu', adapterName: gpu.adapterName, software: gpu.software }
    return { kind: 'gpu', gpu, queue: new SubmitQueue(gpu), report }
  } catch (error) {
    if (choice === 'gpu' || !(error instanceof GpuError)) throw error
    return referenceEngine(error.message)
  }
}

/** Frees the device; sessions on it must be destroyed before. */
export function closeEngine(engine: Engine): void {
  if (engine.kind === 'gpu') engine.gpu.close()
}

function referenceEngine(reason: string): ReferenceEngine {
  return {
    kind: 'reference',
    report: { engine: 'reference', adapterName: 'float64 on the CPU', software: true, reason },
  }
}
