import type { Dataset } from '../data/dataset'
import { targetWidth } from '../data/samples'
import type { LossSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { allocateOutputs, createForwardPass, type ForwardPass } from '../nn/forwardPass'
import type { Graph } from '../nn/graph'
import { sumLossPartials } from '../nn/kernels/loss'
import { allocateLossPartials, createLossPass } from '../nn/lossPass'
import type { NetworkParameters } from '../nn/network'
import { packRows } from '../nn/padding'
import type { ProbeSet } from './probeSet'
import type { HeldOutResult } from './session'

/** A software adapter does this many floating-point operations in about 60 ms, so that no dispatch takes much longer. */
const SOFTWARE_OPERATIONS_PER_DISPATCH = 3e8
/** On a GPU a dispatch of this size stays well under 100 ms even on an integrated one. */
const GPU_OPERATIONS_PER_DISPATCH = 1e10
/** Activations of a pass, all outputs together. */
const LARGEST_ACTIVATION_BYTES = 64 * 2 ** 20
/** Rows of a pass are a multiple of this, and no fewer, so that its kernels have something to do. */
const FEWEST_ROWS = 64

/** Fixed samples, uploaded once, that go through the network at frozen weights. */
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
  readonly dataset: Dataset
  readonly targetKind: 'classes' | 'values'
  readonly probe: ProbeSet
  readonly parameters: NetworkParameters
  readonly control: GPUBuffer
  /** Without dropout, by node. */
  readonly dropout: readonly BufferSlice[]
}

export async function createProbe(gpu: Gpu, scope: BufferScope, graph: Graph, options: ProbeOptions): Promise<Probe> {
  const { dataset, targetKind } = options
  const { rows, heldOutRows } = options.probe
  const rowsPerPass = Math.max(1, Math.min(rows.length, largestPass(gpu, graph)))
  const outputs = graph.tensors[graph.output]!.width
  const partials = allocateLossPartials(gpu, scope, outputs, rowsPerPass)
  const nodes = allocateOutputs(scope, graph, rowsPerPass)
  const upload = (label: string, values: Float32Array, width: number, listed: Uint32Array): BufferSlice =>
    wholeBuffer(scope.storageWith(label, packRows(values, width, listed)))
  const createPass = async (first: number): Promise<ProbePass> => {
    const listed = rows.subarray(first, first + rowsPerPass)
    const heldOut = listed.subarray(0, Math.max(0, heldOutRows - first))
    const input = upload('probe inputs', dataset.inputs, dataset.features, listed)
    const targets = upload('probe targets', dataset.targets, targetWidth(dataset.task), heldOut)
    const [forward, loss] = await Promise.all([
      createForwardPass(gpu, scope, graph, {
        buffers: { rows: listed.length, input, nodes },
        parameters: options.parameters.nodes,
        control: wholeBuffer(options.control),
        dropout: options.dropout,
      }),
      createLossPass(gpu, scope, { loss: options.loss, outputs, targetKind, partials }),
    ])
    const purpose = first === 0 ? 'evaluation' : 'further evaluation'
    return { forward, loss: heldOut.length > 0 ? [loss.dispatch(forward, targets, heldOut.length, purpose)] : [] }
  }
  const starts = Array.from({ length: Math.ceil(rows.length / rowsPerPass) }, (_, index) => index * rowsPerPass)
  const passes = await Promise.all(starts.map(createPass))
  return {
    passes,
    lossPartials: partials.slice,
    decodeLoss: (bytes) => (heldOutRows > 0 ? meanLoss(bytes, heldOutRows, targetKind) : undefined),
    variants: passVariants(passes),
  }
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

function meanLoss(bytes: ArrayBuffer, rows: number, targetKind: 'classes' | 'values'): HeldOutResult {
  const { loss, correct } = sumLossPartials(bytes)
  return { loss: loss / rows, accuracy: targetKind === 'classes' ? correct / rows : Number.NaN }
}

function largestPass(gpu: Gpu, graph: Graph): number {
  // The covariance of an output costs as much per row as a square layer of its width.
  const operationsPerRow = Math.max(
    ...graph.nodes.map(({ inputs, outputs }) => 2 * outputs * Math.max(inputs, outputs)),
  )
  const bytesPerRow = graph.tensors.reduce((sum, { width }) => sum + 8 * width, 0)
  const budget = gpu.software ? SOFTWARE_OPERATIONS_PER_DISPATCH : GPU_OPERATIONS_PER_DISPATCH
  const rows = Math.min(budget / operationsPerRow, LARGEST_ACTIVATION_BYTES / bytesPerRow)
  return Math.max(1, Math.floor(rows / FEWEST_ROWS)) * FEWEST_ROWS
}
