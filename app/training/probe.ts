import type { LossSpec, MonitorSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import { createForwardPass, matrix, type ForwardPass } from '../nn/forwardPass'
import type { Graph } from '../nn/graph'
import { gatherRows, gatherRowsDispatches } from '../nn/kernels/gather'
import { sumLossPartials } from '../nn/kernels/loss'
import { createLossPass, type LossPass } from '../nn/lossPass'
import type { NetworkParameters } from '../nn/network'
import type { UploadedSamples } from '../nn/sampleTable'
import type { SpectrumMeter } from '../spectral/spectrumMeter'
import type { ProbeSet } from './probeSet'
import type { HeldOutResult } from './session'

/** A software adapter does this many floating-point operations in about 50 ms, so that no dispatch takes longer. */
const SOFTWARE_OPERATIONS_PER_DISPATCH = 3e7
/** On a GPU a dispatch of this size stays well under 100 ms even on an integrated one. */
const GPU_OPERATIONS_PER_DISPATCH = 1e10
/** Activations of a pass, all outputs together. */
const LARGEST_ACTIVATION_BYTES = 64 * 2 ** 20
/** Rows of a pass are a multiple of this, and no fewer, so that its kernels have something to do. */
const FEWEST_ROWS = 64

/** One column: forward over fixed samples at frozen weights, covariance of every tracked output, held-out loss. */
export interface Probe {
  readonly plan: Plan
  /** What to bring back once the plan has run. */
  readonly results: readonly BufferSlice[]
  /** n. */
  readonly samples: number
  decode(bytes: ArrayBuffer): Promise<ProbeResult>
}

export interface ProbeResult {
  readonly spectra: readonly MeasuredSpectrum[]
  readonly heldOut: HeldOutResult | undefined
}

interface ProbeOptions {
  readonly loss: LossSpec
  readonly targetKind: 'classes' | 'values'
  readonly samples: UploadedSamples
  readonly probe: ProbeSet
  readonly parameters: NetworkParameters
  readonly control: BufferSlice
  /** Without dropout, by node. */
  readonly dropout: readonly BufferSlice[]
  /** Which nodes are tracked; the meter's outputs are these in this order. Empty: held-out loss alone. */
  readonly tracked: readonly number[]
  readonly output: MonitorSpec['output']
  readonly meter: SpectrumMeter
}

export async function createProbe(gpu: Gpu, scope: BufferScope, graph: Graph, options: ProbeOptions): Promise<Probe> {
  const { probe, meter, tracked, targetKind } = options
  const total = tracked.length > 0 ? probe.rows.length : probe.heldOutRows
  const rows = Math.min(total, rowsPerPass(gpu, graph))
  const outputs = graph.tensors[graph.output]!.width
  const rowList = wholeBuffer(scope.storageWith('probe rows', probe.rows))
  const [gather, loss, ...forwards] = await Promise.all([
    gpu.pipelines.compile(gatherRows, {}),
    createLossPass(gpu, scope, { loss: options.loss, outputs, targetKind, rows }),
    ...passSizes(total, rows).map((size) =>
      createForwardPass(gpu, scope, graph, { ...options, rows: size, parameters: options.parameters.nodes }),
    ),
  ])
  const targets = matrix(scope, 'probe targets', rows, options.samples.targetColumns)
  const passPlan = (first: number): Plan => {
    const forward = forwardFor(forwards, total - first)
    const destination = { rows: forward.rows, inputs: forward.input, targets }
    const counted = Math.min(forward.rows, probe.heldOutRows - first)
    return [
      ...gatherRowsDispatches(gather, scope, options.samples, destination, { rowList, first }),
      ...forward.plan,
      ...(counted > 0
        ? [loss.dispatch(forward, targets, counted, first === 0 ? 'evaluation' : 'further evaluation')]
        : []),
      ...tracked.flatMap((node, output) =>
        meter.accumulate(output, trackedSlice(forward, node, options.output), forward.rows),
      ),
    ]
  }
  const plan: Plan[] = tracked.length > 0 ? [meter.reset] : []
  for (let first = 0; first < total; first += rows) plan.push(passPlan(first))
  if (tracked.length > 0) plan.push(meter.solve)
  return {
    plan: plan.flat(),
    results: [loss.partials, ...(tracked.length > 0 ? meter.results : [])],
    samples: total,
    decode: (bytes) => decodeProbe(bytes, options, loss, total),
  }
}

/** z or f(z) of a node. */
export function trackedSlice(forward: ForwardPass, node: number, output: MonitorSpec['output']): BufferSlice {
  const outputs = forward.nodes[node]!
  return output === 'pre' ? outputs.preactivation : outputs.activation
}

async function decodeProbe(
  bytes: ArrayBuffer,
  options: ProbeOptions,
  loss: LossPass,
  samples: number,
): Promise<ProbeResult> {
  const { heldOutRows } = options.probe
  const { loss: sum, correct } = sumLossPartials(bytes.slice(0, loss.partials.size))
  const classification = options.targetKind === 'classes'
  const heldOut = {
    loss: sum / heldOutRows,
    accuracy: classification ? correct / heldOutRows : Number.NaN,
  }
  return {
    spectra: options.tracked.length > 0 ? await options.meter.decode(bytes.slice(loss.partials.size), samples) : [],
    heldOut: heldOutRows > 0 ? heldOut : undefined,
  }
}

function rowsPerPass(gpu: Gpu, graph: Graph): number {
  // The covariance of an output costs as much per row as a square layer of its width.
  const operationsPerRow = Math.max(
    ...graph.nodes.map(({ inputs, outputs }) => 2 * outputs * Math.max(inputs, outputs)),
  )
  const bytesPerRow = graph.tensors.reduce((sum, { width }) => sum + 8 * width, 0)
  const budget = gpu.software ? SOFTWARE_OPERATIONS_PER_DISPATCH : GPU_OPERATIONS_PER_DISPATCH
  const rows = Math.min(budget / operationsPerRow, LARGEST_ACTIVATION_BYTES / bytesPerRow)
  return Math.max(1, Math.floor(rows / FEWEST_ROWS)) * FEWEST_ROWS
}

/** Full passes share one set of buffers; the rest needs its own. */
function passSizes(total: number, rows: number): readonly number[] {
  const rest = total % rows
  return rest === 0 ? [rows] : total > rows ? [rows, rest] : [rest]
}

function forwardFor(forwards: readonly ForwardPass[], rowsLeft: number): ForwardPass {
  return forwards.find(({ rows }) => rows <= rowsLeft)!
}
