import type { FlatParameters } from '../nn/reference/flatParameters'
import { ReadPace } from './readPace'
import type { PredictionReader } from './session'

interface ReferencePredictionsOptions {
  /** Copies of the weights now, or of those kept of a step. */
  readonly load: (atStep: number | undefined) => { readonly step: number; readonly parameters: FlatParameters }
  /** The network's outputs [rows, outputs] in evaluation mode. */
  readonly forward: (inputs: Float32Array, rows: number, parameters: FlatParameters) => ArrayLike<number>
}

/** What a network in float64 makes of samples, computed between other things. */
export class ReferencePredictions implements PredictionReader {
  readonly #options: ReferencePredictionsOptions
  readonly #pace = new ReadPace()
  #loaded: ReturnType<ReferencePredictionsOptions['load']>
  #spentMillis = 0

  constructor(options: ReferencePredictionsOptions) {
    this.#options = options
    this.#loaded = options.load(undefined)
  }

  get step(): number {
    return this.#loaded.step
  }

  get spentMillis(): number {
    return this.#spentMillis
  }

  get rowsPerRead(): number {
    return this.#pace.rows
  }

  async load(atStep: number | undefined): Promise<void> {
    this.#loaded = this.#options.load(atStep)
  }

  async read(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const since = performance.now()
    const outputs = Float32Array.from(this.#options.forward(inputs, rows, this.#loaded.parameters))
    const millis = performance.now() - since
    this.#spentMillis += millis
    await this.#pace.rest(millis)
    return outputs
  }

  close(): void {}
}
