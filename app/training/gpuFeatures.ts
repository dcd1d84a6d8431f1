import { elementsOf, positionsOf, type TensorShape } from '../experiment/tensorShape'
import { BufferScope, wholeBuffer, type BufferSlice } from '../gpu/buffers'
import type { Plan } from '../gpu/plan'
import { StagingRing } from '../gpu/readback'
import { allocateForward, batchTensor, createForwardPass, type ForwardPass } from '../nn/forwardPass'
import { compileGridAverage } from '../nn/layers/gridAverage'
import { sliceNodes } from '../nn/network'
import { padRows, unpadRows } from '../nn/padding'
import type { CompiledRun } from './compiledRun'
import { featureGrid } from './linearProbes/featureGrid'
import { passRows } from './probe'
import { SessionEnded, type FeatureReader, type TrainingSession } from './session'
import { trackedNodes, type TrackedNode } from './trackedOutputs'

/** Samples that go through the network at once: more would only hold more memory. */
const LARGEST_BATCH = 512

/** Where the features of a layer lie once its plan has run behind the forward pass. */
interface LayerFeatures {
  readonly grid: TensorShape
  readonly plan: Plan
  /** [samples · cells, channels4]. */
  readonly slice: BufferSlice
}

/** The network applied to a number of samples, and what is read of it. */
interface Batch {
  readonly forward: ForwardPass
  readonly layers: readonly LayerFeatures[]
  readonly staging: StagingRing
}

/** Opens readers of what the layers of one session say. */
export class GpuFeatures {
  readonly #session: TrainingSession
  readonly #run: CompiledRun
  readonly #loadWeights: (into: GPUBuffer) => Promise<void>
  readonly #scopes = new Set<BufferScope>()
  #ended = false

  /** @param loadWeights fills a buffer, for work that is queued afterwards, with the weights after all queued work. */
  constructor(session: TrainingSession, run: CompiledRun, loadWeights: (into: GPUBuffer) => Promise<void>) {
    this.#session = session
    this.#run = run
    this.#loadWeights = loadWeights
  }

  async open(): Promise<FeatureReader> {
    if (this.#ended) throw new SessionEnded()
    const scope = new BufferScope(this.#run.engine.gpu)
    this.#scopes.add(scope)
    const close = (): void => {
      if (this.#scopes.delete(scope)) scope.destroy()
    }
    try {
      return await this.#compile(scope, close)
    } catch (error) {
      close()
      throw error
    }
  }

  /** What is being read rejects. */
  destroy(): void {
    this.#ended = true
    for (const scope of this.#scopes) scope.destroy()
    this.#scopes.clear()
  }

  async #compile(scope: BufferScope, close: () => void): Promise<FeatureReader> {
    const { engine, graph, parameters, control, dropout, spec } = this.#run
    const session = this.#session
    const weights = scope.storage('weights that are probed', parameters.buffer.size)
    const { step } = session
    await this.#loadWeights(weights)
    const rows = passRows(engine.gpu, graph, LARGEST_BATCH, 0)
    const forward = await createForwardPass(engine.gpu, scope, graph, {
      mode: 'evaluation',
      buffers: allocateForward(scope, graph, rows),
      parameters: sliceNodes(weights, graph.nodes, parameters.layout),
      control: wholeBuffer(control),
      dropout,
    })
    const tracked = trackedNodes(graph, spec.monitor)
    const layers = await Promise.all(tracked.map((layer) => this.#compileLayer(scope, forward, layer)))
    if (this.#ended) throw new SessionEnded()
    const bytes = layers.reduce((sum, { slice }) => sum + slice.size, 0)
    const batch = { forward, layers, staging: new StagingRing(scope, 'features', bytes, 1) }
    return {
      // Where an update was refused, the weights are those before it.
      get step() {
        return Math.min(step, session.step)
      },
      widths: layers.map(({ grid }) => elementsOf(grid)),
      rowsPerRead: rows,
      read: (inputs, count, outputs) => this.#read(batch, inputs, count, outputs),
      close,
    }
  }

  async #compileLayer(
    scope: BufferScope,
    { nodes, rows }: ForwardPass,
    { own, final }: TrackedNode,
  ): Promise<LayerFeatures> {
    const { engine, graph, spec } = this.#run
    const { shape } = graph.tensors[graph.nodes[own]!.output]!
    const source = spec.monitor.output === 'pre' ? nodes[own]!.own : nodes[final]!.activation
    const grid = featureGrid(shape)
    if (elementsOf(grid) === elementsOf(shape)) return { grid, plan: [], slice: source }
    const average = await compileGridAverage(engine.gpu, { rows, input: shape, grid })
    const slice = batchTensor(scope, 'features', rows, grid)
    return { grid, plan: average.dispatches(scope, { input: source, output: slice }), slice }
  }

  /** No earlier read is under way, so nothing reads the input buffer while it is written. */
  async #read(
    { forward, layers, staging }: Batch,
    inputs: Float32Array,
    rows: number,
    outputs: readonly number[],
  ): Promise<readonly Float32Array[]> {
    if (this.#ended) throw new SessionEnded()
    const { engine } = this.#run
    const wanted = outputs.map((output) => layers[output]!)
    const padded = padRows(inputs, rows, inputs.length / rows)
    engine.gpu.device.queue.writeBuffer(forward.input.buffer, 0, padded as GPUAllowSharedBufferSource)
    const plan = [...forward.plan, ...wanted.flatMap((layer) => layer.plan)]
    // Paid by nobody: probes that were asked for must not make columns rarer.
    const payers = new Map([[forward, 1]])
    const work = { owner: this.#session, payers, kind: 'measuring', plan, repeat: 1 } as const
    const slices = wanted.map(({ slice }) => slice)
    return unpackFeatures(wanted, await engine.queue.read(work, staging, slices), rows)
  }
}

/** @param bytes the slices of the layers, one after another; of their samples the first `rows` count. */
function unpackFeatures(layers: readonly LayerFeatures[], bytes: ArrayBuffer, rows: number): readonly Float32Array[] {
  let end = 0
  return layers.map(({ grid, slice }) => {
    const stored = new Float32Array(bytes, end, slice.size / 4)
    end += slice.size
    return unpadRows(stored, rows * positionsOf(grid), grid.channels)
  })
}
