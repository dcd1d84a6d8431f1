import { elementsOf, positionsOf, type TensorShape } from '../experiment/tensorShape'
import type { BufferSlice } from '../gpu/buffers'
import type { Plan } from '../gpu/plan'
import { StagingRing } from '../gpu/readback'
import { batchTensor, type ForwardPass } from '../nn/forwardPass'
import { compileGridAverage } from '../nn/layers/gridAverage'
import { padRows, unpadRows } from '../nn/padding'
import { compileEvaluation } from './evaluationPass'
import { featureGrid } from './linearProbes/featureGrid'
import { passRows } from './probe'
import type { ReaderParts } from './readerParts'
import { SessionEnded, type FeatureReader } from './session'
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

/** Prepares reading what the layers of a session say. */
export async function compileFeatures(parts: ReaderParts): Promise<FeatureReader> {
  const { session, run, scope, loadWeights, close } = parts
  const { engine, graph, spec } = run
  const rows = passRows(engine.gpu, graph, LARGEST_BATCH, 0)
  const { weights, forward } = await compileEvaluation(run, scope, rows)
  const { step } = session
  await loadWeights(weights, undefined)
  const tracked = trackedNodes(graph, spec.monitor)
  const layers = await Promise.all(tracked.map((layer) => compileLayer(parts, forward, layer)))
  const bytes = layers.reduce((sum, { slice }) => sum + slice.size, 0)
  const batch = { forward, layers, staging: new StagingRing(scope, 'features', bytes, 1) }
  return {
    // Where an update was refused, the weights are those before it.
    get step() {
      return Math.min(step, session.step)
    },
    widths: layers.map(({ grid }) => elementsOf(grid)),
    rowsPerRead: rows,
    read: (inputs, count, outputs) => readFeatures(parts, batch, { inputs, rows: count, outputs }),
    close,
  }
}

async function compileLayer(
  { run, scope }: ReaderParts,
  { nodes, rows }: ForwardPass,
  { own, final }: TrackedNode,
): Promise<LayerFeatures> {
  const { engine, graph, spec } = run
  const { shape } = graph.tensors[graph.nodes[own]!.output]!
  const source = spec.monitor.output === 'pre' ? nodes[own]!.own : nodes[final]!.activation
  const grid = featureGrid(shape)
  if (elementsOf(grid) === elementsOf(shape)) return { grid, plan: [], slice: source }
  const average = await compileGridAverage(engine.gpu, { rows, input: shape, grid })
  const slice = batchTensor(scope, 'features', rows, grid)
  return { grid, plan: average.dispatches(scope, { input: source, output: slice }), slice }
}

interface FeatureRequest {
  /** Standardised, [rows, features]. */
  readonly inputs: Float32Array
  readonly rows: number
  readonly outputs: readonly number[]
}

/** No earlier read is under way, so nothing reads the input buffer while it is written. */
async function readFeatures(
  { session, run, isEnded }: ReaderParts,
  { forward, layers, staging }: Batch,
  { inputs, rows, outputs }: FeatureRequest,
): Promise<readonly Float32Array[]> {
  if (isEnded()) throw new SessionEnded()
  const { gpu, queue } = run.engine
  const wanted = outputs.map((output) => layers[output]!)
  const padded = padRows(inputs, rows, inputs.length / rows)
  gpu.device.queue.writeBuffer(forward.input.buffer, 0, padded as GPUAllowSharedBufferSource)
  const plan = [...forward.plan, ...wanted.flatMap((layer) => layer.plan)]
  // Paid by nobody: probes that were asked for must not make columns rarer.
  const payers = new Map([[forward, 1]])
  const work = { owner: session, payers, kind: 'measuring', plan, repeat: 1 } as const
  const slices = wanted.map(({ slice }) => slice)
  return unpackFeatures(wanted, await queue.read(work, staging, slices), rows)
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
