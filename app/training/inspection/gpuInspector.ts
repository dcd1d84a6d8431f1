import { sameShape, positionsOf } from '../../experiment/tensorShape'
import { BufferScope, type BufferSlice } from '../../gpu/buffers'
import { reportOutOfMemory } from '../../gpu/errors'
import type { Plan } from '../../gpu/plan'
import { StagingRing } from '../../gpu/readback'
import { batchTensor, logitsOf, type ForwardPass } from '../../nn/forwardPass'
import { compileGridAverage } from '../../nn/layers/gridAverage'
import { sliceOf } from '../../nn/network'
import { paddedWidth, padRows, unpadRows } from '../../nn/padding'
import type { CompiledRun } from '../compiledRun'
import { compileEvaluation, type EvaluationPass } from '../evaluationPass'
import type { LoadWeights } from '../predictor'
import { SessionEnded, type TrainingSession } from '../session'
import { inspectedOutputs, takeMaps, type InspectedOutput } from './inspectedOutputs'
import type { Filters, Inspection, InspectionOptions } from './inspection'
import { takeFilters, weightsOf, type WeightsPlace } from './takeFilters'

/** A layer's maps once its plan has run behind the forward pass. */
interface ReadableLayer extends InspectedOutput {
  readonly plan: Plan
  /** [cells of `shown`, channels4]. */
  readonly slice: BufferSlice
}

interface Compiled extends EvaluationPass {
  readonly layers: readonly ReadableLayer[]
  readonly staging: StagingRing
}

/** Shows what the network of one session makes of single samples, beside its training. */
export class GpuInspector {
  readonly #session: TrainingSession
  readonly #run: CompiledRun
  readonly #loadWeights: LoadWeights
  readonly #scope: BufferScope
  #compiled: Promise<Compiled> | undefined
  /** Inspections share one set of buffers, so each waits for the one before. */
  #previous: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(session: TrainingSession, run: CompiledRun, loadWeights: LoadWeights) {
    this.#session = session
    this.#run = run
    this.#loadWeights = loadWeights
    this.#scope = new BufferScope(run.engine.gpu)
  }

  /** @param input standardised, [height, width, channels]. */
  inspect(input: Float32Array, options: InspectionOptions): Promise<Inspection> {
    const inspect = () => this.#inspect(input, options)
    const inspection = this.#previous.then(inspect, inspect)
    this.#previous = inspection
    return inspection
  }

  destroy(): void {
    this.#ended = true
    this.#scope.destroy()
  }

  async #inspect(input: Float32Array, { atStep, filtersOf }: InspectionOptions): Promise<Inspection> {
    if (this.#ended) throw new SessionEnded()
    // Where there is no room for it, looking is refused; unreported, it would end the run.
    this.#compiled ??= reportOutOfMemory(this.#run.engine.gpu.device, () => this.#compile())
    const compiled = await this.#compiled
    if (this.#ended) throw new SessionEnded()
    const { engine, graph } = this.#run
    const { forward, layers, staging, slices } = compiled
    const step = this.#stepOf(atStep)
    await this.#loadWeights(compiled.weights, atStep)
    if (this.#ended) throw new SessionEnded()
    // No earlier inspection is under way, so nothing reads the input buffer while it is written.
    const padded = padRows(input, 1, input.length)
    engine.gpu.device.queue.writeBuffer(forward.input.buffer, 0, padded as GPUAllowSharedBufferSource)
    const place = weightsOf(graph, filtersOf)
    const wanted = layers.map(({ slice }) => slice)
    const read = [...wanted, logitsOf(forward), ...(place ? [sliceOf(slices[place.node]!, 'weights')] : [])]
    const plan = [...forward.plan, ...layers.flatMap((layer) => layer.plan)]
    // Paid by nobody: looking must not make columns rarer.
    const payers = new Map([[forward, 1]])
    const work = { owner: this.#session, payers, kind: 'measuring', plan, repeat: 1 } as const
    const parts = splitFloats(await engine.queue.read(work, staging, read), read)
    const output = graph.tensors[graph.output]!.shape
    return {
      // Where an update was refused, the weights are those before it.
      step: Math.min(step, this.#session.step),
      layers: layers.map((layer, index) => takeMaps(layer, parts[index]!, paddedWidth(layer.shape.channels))),
      output: unpadRows(parts[layers.length]!, positionsOf(output), output.channels),
      filters: place && this.#takeFilters(place, parts[layers.length + 1]!),
    }
  }

  #stepOf(atStep: number | undefined): number {
    const { step, snapshots } = this.#session
    return atStep === undefined ? step : (snapshots.findLast((kept) => kept.step <= atStep)?.step ?? atStep)
  }

  /** @param stored as the array lies in the flat buffer, padded. */
  #takeFilters(place: WeightsPlace, stored: Float32Array): Filters {
    const { blockStride, columns } = place.array
    const stride = paddedWidth(columns)
    const weightAt = (block: number, row: number, column: number): number =>
      stored[(block * blockStride + row) * stride + column]!
    return takeFilters(this.#run.graph, place, weightAt)
  }

  async #compile(): Promise<Compiled> {
    const { graph, spec } = this.#run
    const scope = this.#scope
    const pass = await compileEvaluation(this.#run, scope, 1)
    const { forward, slices } = pass
    const outputs = inspectedOutputs(graph, spec.layers)
    const layers = await Promise.all(outputs.map((output) => this.#compileLayer(forward, output)))
    const largestWeights = Math.max(0, ...slices.map(({ weights: slice }) => slice?.size ?? 0))
    const bytes = layers.reduce((sum, { slice }) => sum + slice.size, logitsOf(forward).size + largestWeights)
    return { ...pass, layers, staging: new StagingRing(scope, 'inspection', bytes, 1) }
  }

  async #compileLayer({ nodes }: ForwardPass, output: InspectedOutput): Promise<ReadableLayer> {
    const source = nodes[output.node]![output.stage]
    const { shape, shown } = output
    const grid = { ...shown, channels: shape.channels }
    if (sameShape(grid, shape)) return { ...output, plan: [], slice: source }
    const average = await compileGridAverage(this.#run.engine.gpu, { rows: 1, input: shape, grid })
    const slice = batchTensor(this.#scope, 'inspected maps', 1, grid)
    return { ...output, plan: average.dispatches(this.#scope, { input: source, output: slice }), slice }
  }
}

/** The slices of a readback, one after another. */
function splitFloats(bytes: ArrayBuffer, slices: readonly BufferSlice[]): readonly Float32Array[] {
  let end = 0
  return slices.map(({ size }) => {
    end += size
    return new Float32Array(bytes, end - size, size / 4)
  })
}
