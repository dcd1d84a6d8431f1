import type { LossSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { allocateOutputs, createForwardPass, type ForwardPass } from '../nn/forwardPass'
import { elementsOf, positionsOf } from '../experiment/tensorShape'
import type { Graph, GraphNode } from '../nn/graph'
import { sumLossPartials } from '../nn/kernels/loss'
import { arrayLength } from '../nn/parameters'
import { allocateLossPartials, createLossPass } from '../nn/lossPass'
import type { NetworkParameters } from '../nn/network'
import type { TargetKind } from '../nn/sampleTable'
import type { ProbeSet } from './probeSet'
import { ROWS_PER_BLOCK, type UploadedProbe } from './probeUpload'
import type { HeldOutResult } from './session'

/** A software adapter does this many floating-point operations in about 60 ms, so that no dispatch takes much longer. */
const SOFTWARE_OPERATIONS_PER_DISPATCH = 3e8
/** On a GPU a dispatch of this size stays well under 100 ms even on an integrated one. */
const GPU_OPERATIONS_PER_DISPATCH = 1e10
/** Activations of a pass, all outputs together. */
const LARGEST_ACTIVATION_BYTES = 64 * 2 ** 20

/** Fixed samples that go through the network at frozen weights. */
export interface Probe {
  /** One after another: they share the buffers of the network's outputs. */
  readonly passes: readonly ProbePass[]
  /** Of the held-out samples, once all passes have run. */
  readonly lossPartials: BufferSlice
  /** @returns undefined where none of the samples is held out. */
  decodeLoss(bytes: ArrayBuffer): HeldOutResult | undefined
  /** Kernel variants by node, of passes of different sizes. */
  readonly variants: Readonly<Record<string, string>>
}

interface ProbePass {
  readonly forward: ForwardPass
  /** Adds the loss of the held-out samples among them; empty where there are none. */
  readonly loss: Plan
}

interface ProbeOptions {
  readonly loss: LossSpec
  readonly targetKind: TargetKind
  readonly probe: ProbeSet
  readonly uploaded: UploadedProbe
  /** Samples that go through the network at once; see `passRows`. */
  readonly rowsPerPass: number
  readonly parameters: NetworkParameters
  readonly control: GPUBuffer
  /** Without dropout, by node. */
  readonly dropout: readonly BufferSlice[]
}

export async function createProbe(gpu: Gpu, scope: BufferScope, graph: Graph, options: ProbeOptions): Promise<Probe> {
  const { targetKind, uploaded, rowsPerPass } = options
  const { heldOutRows } = options.probe
  const { shape } = graph.tensors[graph.output]!
  const partials = allocateLossPartials(gpu, scope, shape, rowsPerPass)
  const nodes = allocateOutputs(scope, graph, rowsPerPass)
  const createPass = async ({ input, rows: count, firstRow }: PassRows): Promise<ProbePass> => {
    const heldOut = Math.max(0, Math.min(count, heldOutRows - firstRow))
    const [forward, loss] = await Promise.all([
      createForwardPass(gpu, scope, graph, {
        mode: 'evaluation',
        buffers: { rows: count, input, nodes },
        parameters: options.parameters.nodes,
        control: wholeBuffer(options.control),
        dropout: options.dropout,
      }),
      createLossPass(gpu, scope, { loss: options.loss, shape, targetKind, partials }),
    ])
    const purpose = firstRow === 0 ? 'evaluation' : 'further evaluation'
    const targets = rowsOf(uploaded.targets, uploaded.targetBytes, firstRow, heldOut)
    return { forward, loss: heldOut > 0 ? [loss.dispatch(forward, targets, heldOut, purpose)] : [] }
  }
  const passes = await Promise.all(cutPasses(uploaded, rowsPerPass).map(createPass))
  return {
    passes,
    lossPartials: partials.slice,
    decodeLoss: (bytes) => (heldOutRows > 0 ? meanLoss(bytes, heldOutRows, targetKind) : undefined),
    variants: passVariants(passes),
  }
}

/** A pass's rows of the probe and where their inputs lie. */
interface PassRows {
  readonly input: BufferSlice
  readonly firstRow: number
  readonly rows: number
}

function cutPasses({ pieces, inputBytes }: UploadedProbe, rowsPerPass: number): PassRows[] {
  return pieces.flatMap(({ inputs, firstRow, rows }) => {
    const starts = Array.from({ length: Math.ceil(rows / rowsPerPass) }, (_, index) => index * rowsPerPass)
    return starts.map((start) => {
      const count = Math.min(rowsPerPass, rows - start)
      return { input: rowsOf(inputs, inputBytes, start, count), firstRow: firstRow + start, rows: count }
    })
  })
}

function rowsOf({ buffer, offset }: BufferSlice, rowBytes: number, first: number, count: number): BufferSlice {
  return { buffer, offset: offset + first * rowBytes, size: count * rowBytes }
}

/** “probe hidden 1 forward”: “shared tiles of 64”; where the last, shorter pass differs, both. */
function passVariants(passes: readonly ProbePass[]): Record<string, string> {
  const kernels = Object.keys(passes[0]?.forward.variants ?? {})
  return Object.fromEntries(
    kernels.map((kernel) => {
      const used = new Set(passes.map(({ forward }) => forward.variants[kernel]))
      return [`probe ${kernel}`, [...used].join(' and ')]
    }),
  )
}

function meanLoss(bytes: ArrayBuffer, rows: number, targetKind: TargetKind): HeldOutResult {
  const { loss, correct } = sumLossPartials(bytes)
  return { loss: loss / rows, accuracy: targetKind === 'classes' ? correct / rows : Number.NaN }
}

/**
 * Samples of a probe that go through the network at once, so that no dispatch takes long and not much memory is needed.
 * @param measuringOperations floating-point operations of the costliest output's covariance, per sample.
 */
export function passRows(gpu: Gpu, graph: Graph, probeRows: number, measuringOperations: number): number {
  const operationsPerSample = Math.max(measuringOperations, ...graph.nodes.map((node) => nodeCost(graph, node)))
  const bytesPerSample = graph.tensors.reduce((sum, { shape }) => sum + 8 * elementsOf(shape), 0)
  const budget = gpu.software ? SOFTWARE_OPERATIONS_PER_DISPATCH : GPU_OPERATIONS_PER_DISPATCH
  const fitting = Math.min(budget / operationsPerSample, LARGEST_ACTIVATION_BYTES / bytesPerSample)
  const most = Math.max(1, Math.floor(fitting / ROWS_PER_BLOCK)) * ROWS_PER_BLOCK
  return Math.max(1, Math.min(probeRows, most))
}

/** Floating-point operations of a sample. */
function nodeCost({ tensors }: Graph, node: GraphNode): number {
  const weights = node.arrays.find(({ role }) => role === 'weights')
  return weights ? 2 * arrayLength(weights) * positionsOf(tensors[node.output]!.shape) : 0
}
