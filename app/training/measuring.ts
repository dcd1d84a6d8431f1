import type { Dataset } from '../data/dataset'
import type { ExperimentSpec } from '../experiment/spec'
import type { BufferScope, BufferSlice } from '../gpu/buffers'
import { StagingRing } from '../gpu/readback'
import type { Plan } from '../gpu/plan'
import type { Graph } from '../nn/graph'
import type { NetworkParameters } from '../nn/network'
import type { UploadedSamples } from '../nn/sampleTable'
import type { TrainingPass } from '../nn/trainingPass'
import { createSpectrumMeter, type SpectrumMeter } from '../spectral/spectrumMeter'
import type { GpuEngine } from './engine'
import { createProbe, trackedSlice, type Probe, type ProbeResult } from './probe'
import { chooseProbe } from './probeSet'
import type { TrackedOutput } from './session'
import { stepsPerWindow } from './trackedOutputs'

/** Columns that may be on their way back at once; the scheduler asks for no more. */
const COLUMNS_UNDER_WAY = 6

/** How a column is made: from a probe at frozen weights, or from a window of training steps. */
export interface Measuring {
  /** Steps a window takes; 0 for the probe. */
  readonly windowSteps: number
  /** n. */
  readonly samples: number
  /** Begins a window; empty for the probe. */
  readonly openWindow: Plan
  /** Runs behind each step of an open window. */
  readonly windowStep: Plan
  /** Finishes a column. */
  readonly column: Plan
  readonly staging: StagingRing
  readonly results: readonly BufferSlice[]
  decode(bytes: ArrayBuffer): Promise<ProbeResult>
  /** Solver by output. */
  readonly variants: Readonly<Record<string, string>>
}

interface MeasuringOptions {
  readonly spec: ExperimentSpec
  readonly dataset: Dataset
  readonly samples: UploadedSamples
  readonly targetKind: 'classes' | 'values'
  readonly parameters: NetworkParameters
  readonly training: TrainingPass
  /** Without dropout, by node. */
  readonly dropout: readonly BufferSlice[]
  /** Nodes that are measured, and what they are called. */
  readonly tracked: readonly number[]
  readonly outputs: readonly TrackedOutput[]
}

export async function createMeasuring(
  engine: GpuEngine,
  scope: BufferScope,
  graph: Graph,
  options: MeasuringOptions,
): Promise<Measuring> {
  const { gpu } = engine
  const { spec, dataset, training, tracked, outputs } = options
  const { monitor } = spec
  const widest = Math.max(...outputs.map(({ width }) => width))
  const probeSet = chooseProbe(dataset, spec.seed, monitor.samples, widest)
  const meter = await createSpectrumMeter(gpu, scope, outputs, {
    solver: 'auto',
    maximumRows: Math.max(probeSet.rows.length, spec.training.batchSize),
    solveSymmetric: engine.solveSymmetric,
  })
  const control = { buffer: training.control, offset: 0, size: training.control.size }
  const probeOptions = { ...options, loss: spec.loss, probe: probeSet, control, output: monitor.output, meter }
  if (monitor.source === 'probe') {
    const probe = await createProbe(gpu, scope, graph, { ...probeOptions, tracked })
    return finish(scope, probe, meter, { windowSteps: 0, openWindow: [], windowStep: [] })
  }
  const heldOut = await createProbe(gpu, scope, graph, { ...probeOptions, tracked: [] })
  const windowSteps = stepsPerWindow(spec)
  const windowStep = tracked.flatMap((node, output) =>
    meter.accumulate(output, trackedSlice(training.forward, node, monitor.output), spec.training.batchSize),
  )
  const samples = windowSteps * spec.training.batchSize
  const probe: Probe = {
    samples,
    plan: [...heldOut.plan, ...meter.solve],
    results: [...heldOut.results, ...meter.results],
    decode: async (bytes) => {
      const heldOutBytes = totalBytes(heldOut.results)
      const { heldOut: result } = await heldOut.decode(bytes.slice(0, heldOutBytes))
      return { heldOut: result, spectra: await meter.decode(bytes.slice(heldOutBytes), samples) }
    },
  }
  return finish(scope, probe, meter, { windowSteps, openWindow: meter.reset, windowStep })
}

type WindowPlans = Pick<Measuring, 'windowSteps' | 'openWindow' | 'windowStep'>

function finish(scope: BufferScope, probe: Probe, meter: SpectrumMeter, window: WindowPlans): Measuring {
  return {
    ...window,
    samples: probe.samples,
    column: probe.plan,
    results: probe.results,
    staging: new StagingRing(scope, 'column', totalBytes(probe.results), COLUMNS_UNDER_WAY),
    decode: (bytes) => probe.decode(bytes),
    variants: meter.variants,
  }
}

function totalBytes(slices: readonly BufferSlice[]): number {
  return slices.reduce((sum, { size }) => sum + size, 0)
}
