import { BufferScope } from '../gpu/buffers'
import { reportOutOfMemory } from '../gpu/errors'
import type { CompiledRun } from './compiledRun'
import { compileFeatures } from './gpuFeatures'
import { compilePredictions } from './gpuPredictions'
import type { GpuInspector } from './inspection/gpuInspector'
import type { Inspection, InspectionOptions } from './inspection/inspection'
import { Predictor, type LoadWeights } from './predictor'
import type { ReaderParts } from './readerParts'
import {
  SessionEnded,
  type FeatureReader,
  type PredictionReader,
  type SessionReaders,
  type TrainingSession,
} from './session'

/** Most runs are never looked into: what does it is fetched when it is first needed. */
const loadInspector = async () => (await import('./inspection/gpuInspector')).GpuInspector

/** All that looks at the network of a session beside its training: until it is closed, and no longer than the session. */
export class GpuReaders implements SessionReaders {
  readonly predictor: Predictor
  readonly #parts: Pick<ReaderParts, 'session' | 'run' | 'loadWeights'>
  readonly #scopes = new Set<BufferScope>()
  #inspector: Promise<GpuInspector> | undefined
  #ended = false

  constructor(session: TrainingSession, run: CompiledRun, loadWeights: LoadWeights) {
    this.predictor = new Predictor(session, run, loadWeights)
    this.#parts = { session, run, loadWeights }
  }

  openFeatures(): Promise<FeatureReader> {
    return this.#open(compileFeatures)
  }

  openPredictions(samples: number): Promise<PredictionReader> {
    return this.#open((parts) => compilePredictions(parts, samples))
  }

  /** @param input standardised, [height, width, channels]. */
  async inspect(input: Float32Array, options: InspectionOptions): Promise<Inspection> {
    this.#inspector ??= this.#openInspector()
    try {
      const inspector = await this.#inspector
      if (this.#ended) inspector.destroy()
      return await inspector.inspect(input, options)
    } catch (error) {
      // What failed once, as a file that could not be fetched, may be tried again.
      this.#endInspector()
      throw error
    }
  }

  /** What is being read rejects. */
  destroy(): void {
    this.#ended = true
    this.predictor.destroy()
    for (const scope of this.#scopes) scope.destroy()
    this.#scopes.clear()
    this.#endInspector()
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

  async #openInspector(): Promise<GpuInspector> {
    const { session, run, loadWeights } = this.#parts
    return new (await loadInspector())(session, run, loadWeights)
  }

  #endInspector(): void {
    this.#inspector?.then(
      (inspector) => inspector.destroy(),
      () => {},
    )
    this.#inspector = undefined
  }
}
