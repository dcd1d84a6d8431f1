import { BufferScope } from '../gpu/buffers'
import { reportOutOfMemory } from '../gpu/errors'
import type { CompiledRun } from './compiledRun'
import { compileFeatures } from './gpuFeatures'
import { compilePredictions } from './gpuPredictions'
import type { ReaderParts } from './readerParts'
import {
  SessionEnded,
  type FeatureReader,
  type PredictionReader,
  type SessionReaders,
  type TrainingSession,
} from './session'

/** What is read of a session on the GPU: until a reader is closed, and no longer than the session. */
export class GpuReaders implements SessionReaders {
  readonly #parts: Pick<ReaderParts, 'session' | 'run' | 'loadWeights'>
  readonly #scopes = new Set<BufferScope>()
  #ended = false

  constructor(session: TrainingSession, run: CompiledRun, loadWeights: ReaderParts['loadWeights']) {
    this.#parts = { session, run, loadWeights }
  }

  openFeatures(): Promise<FeatureReader> {
    return this.#open(compileFeatures)
  }

  openPredictions(samples: number): Promise<PredictionReader> {
    return this.#open((parts) => compilePredictions(parts, samples))
  }

  /** What is being read rejects. */
  destroy(): void {
    this.#ended = true
    for (const scope of this.#scopes) scope.destroy()
    this.#scopes.clear()
  }

  /** @throws SessionEnded; GpuError where the adapter cannot hold it, and nothing stays allocated then. */
  async #open<Reader>(compile: (parts: ReaderParts) => Promise<Reader>): Promise<Reader> {
    if (this.#ended) throw new SessionEnded()
    const { gpu } = this.#parts.run.engine
    const scope = new BufferScope(gpu)
    this.#scopes.add(scope)
    const close = (): void => {
      if (this.#scopes.delete(scope)) scope.destroy()
    }
    try {
      const parts = { ...this.#parts, scope, close, isEnded: () => this.#ended }
      const reader = await reportOutOfMemory(gpu.device, () => compile(parts))
      if (this.#ended) throw new SessionEnded()
      return reader
    } catch (error) {
      close()
      throw error
    }
  }
}
