import { BufferScope } from '../gpu/buffers'
import { StagingRing } from '../gpu/readback'
import { logitsOf } from '../nn/forwardPass'
import { elementsOf, positionsOf } from '../experiment/tensorShape'
import { padRows, paddedWidth, unpadRows } from '../nn/padding'
import type { CompiledRun } from './compiledRun'
import { compileEvaluation, type EvaluationPass } from './evaluationPass'
import { SessionEnded } from './session'

/** Rows computed in one go; more are done in several. */
const LARGEST_BATCH = 4_096

/**
 * Fills a flat buffer of the run's layout, for work that is queued afterwards, with the weights after all queued updates
 * or, where a step is given, with those kept of it.
 */
export type LoadWeights = (into: GPUBuffer, step: number | undefined) => Promise<void>

interface Compiled extends EvaluationPass {
  readonly scope: BufferScope
  readonly staging: StagingRing
}

/** Applies the network to inputs that are not part of the data set: points of the plane, drawn digits. */
export class Predictor {
  readonly #owner: object
  readonly #run: CompiledRun
  readonly #loadWeights: LoadWeights
  #compiled: Compiled | undefined
  /** Predictions share one set of buffers, so each waits for the one before. */
  #previous: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(owner: object, run: CompiledRun, loadWeights: LoadWeights) {
    this.#owner = owner
    this.#run = run
    this.#loadWeights = loadWeights
  }

  /** Outputs [rows, height · width · channels] for standardised inputs [rows, features]; `step` as for `loadWeights`. */
  predict(inputs: Float32Array, rows: number, step: number | undefined): Promise<Float32Array> {
    const predict = () => this.#predictAll(inputs, rows, step)
    const prediction = this.#previous.then(predict, predict)
    this.#previous = prediction
    return prediction
  }

  destroy(): void {
    this.#ended = true
    this.#compiled?.scope.destroy()
  }

  async #predictAll(inputs: Float32Array, rows: number, step: number | undefined): Promise<Float32Array> {
    const { tensors, output } = this.#run.graph
    const features = elementsOf(tensors[0]!.shape)
    const { shape } = tensors[output]!
    const outputs = elementsOf(shape)
    if (this.#ended) throw new SessionEnded()
    const compiled = await this.#compile(Math.min(rows, LARGEST_BATCH))
    await this.#loadWeights(compiled.weights, step)
    if (this.#ended) throw new SessionEnded()
    const predicted = new Float32Array(rows * outputs)
    for (let first = 0; first < rows; first += compiled.forward.rows) {
      const count = Math.min(compiled.forward.rows, rows - first)
      const batch = inputs.subarray(first * features, (first + count) * features)
      const logits = await this.#predictBatch(compiled, padRows(batch, count, features))
      predicted.set(unpadRows(logits, count * positionsOf(shape), shape.channels), first * outputs)
    }
    return predicted
  }

  async #compile(rows: number): Promise<Compiled> {
    if (this.#compiled?.forward.rows === rows) return this.#compiled
    this.#compiled?.scope.destroy()
    this.#compiled = undefined
    const { graph, engine } = this.#run
    const scope = new BufferScope(engine.gpu)
    try {
      const pass = await compileEvaluation(this.#run, scope, rows)
      if (this.#ended) throw new SessionEnded()
      const { shape } = graph.tensors[graph.output]!
      const bytes = rows * positionsOf(shape) * paddedWidth(shape.channels) * 4
      this.#compiled = { scope, ...pass, staging: new StagingRing(scope, 'prediction', bytes, 1) }
      return this.#compiled
    } catch (error) {
      scope.destroy()
      throw error
    }
  }

  /** No earlier prediction is under way, so nothing reads the input buffer while it is written. */
  async #predictBatch({ forward, staging }: Compiled, padded: Float32Array): Promise<Float32Array> {
    const { gpu, queue } = this.#run.engine
    const owner = this.#owner
    gpu.device.queue.writeBuffer(forward.input.buffer, 0, padded as GPUAllowSharedBufferSource)
    const work = { owner, kind: 'measuring', plan: forward.plan, repeat: 1 } as const
    const bytes = await queue.read(work, staging, [logitsOf(forward)])
    return new Float32Array(bytes)
  }
}
