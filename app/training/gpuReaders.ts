import type { CompiledRun } from './compiledRun'
import { GpuFeatures } from './gpuFeatures'
import type { GpuInspector } from './inspection/gpuInspector'
import type { Inspection, InspectionOptions } from './inspection/inspection'
import { Predictor, type LoadWeights } from './predictor'
import type { TrainingSession } from './session'

/** Most runs are never looked into: what does it is fetched when it is first needed. */
const loadInspector = async () => (await import('./inspection/gpuInspector')).GpuInspector

/** All that looks at the network of a session beside its training. */
export class GpuReaders {
  readonly predictor: Predictor
  readonly features: GpuFeatures
  readonly #openInspector: () => Promise<GpuInspector>
  #inspector: Promise<GpuInspector> | undefined
  #ended = false

  constructor(session: TrainingSession, run: CompiledRun, loadWeights: LoadWeights) {
    this.predictor = new Predictor(session, run, loadWeights)
    this.features = new GpuFeatures(session, run, (into) => loadWeights(into, undefined))
    this.#openInspector = async () => new (await loadInspector())(session, run, loadWeights)
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

  destroy(): void {
    this.#ended = true
    this.predictor.destroy()
    this.features.destroy()
    this.#endInspector()
  }

  #endInspector(): void {
    this.#inspector?.then(
      (inspector) => inspector.destroy(),
      () => {},
    )
    this.#inspector = undefined
  }
}
