import type { Dataset } from '../data/dataset'
import type { ExperimentSpec, Sampling } from '../experiment/spec'
import { BufferScope, wholeBuffer, type BufferSlice } from '../gpu/buffers'
import { StagingRing } from '../gpu/readback'
import type { Plan } from '../gpu/plan'
import type { ForwardBuffers } from '../nn/forwardPass'
import type { Graph } from '../nn/graph'
import { CONTROL_BYTES, decodeControl } from '../nn/kernels/stepControl'
import type { NetworkParameters } from '../nn/network'
import type { TargetKind } from '../nn/sampleTable'
import type { SolvedMatrix } from '../spectral/jacobiBatch'
import type { JacobiMember } from '../spectral/jointBatch'
import { createMapSampler } from '../spectral/mapSampler'
import { measuringCost, sampledShape } from '../spectral/sampling'
import { createSpectrumMeter } from '../spectral/spectrumMeter'
import { createUnitMeter, type UnitFigures } from '../spectral/unitMeter'
import type { GpuEngine } from './engine'
import { createProbe, passRows } from './probe'
import { chooseProbe, heldOutPart } from './probeSet'
import { probeSize } from './probeSize'
import { probeKey, uploadProbe } from './probeUpload'
import type { Measurement, TrackedOutput, UnitMeasurement } from './session'
import { describeOutput, stepsPerWindow, type TrackedNode } from './trackedOutputs'

/** Columns that may be on their way back at once; the scheduler asks for no more. */
const COLUMNS_UNDER_WAY = 6

/** How a column is made: from a probe at frozen weights, or from a window of training steps. */
export interface Measuring {
  readonly sampling: Sampling
  readonly outputs: readonly TrackedOutput[]
  /** Steps a window takes; 0 for the probe. */
  readonly windowSteps: number
  /** n. */
  readonly samples: number
  /** What a column takes, but for the joint solver. */
  readonly column: Plan
  /** What the joint solver does of it; undefined where that is nothing. */
  readonly jacobi: JacobiMember | undefined
  /** Queues the beginning of a window; as `SubmitQueue.enqueue`. */
  openWindow(owner: object, onDropped: (error: Error) => void): Promise<void>
  /** Runs behind each step of an open window. */
  readonly windowStep: Plan
  /** Queues the end of a column, for `decode`. */
  finishColumn(owner: object): Promise<RawColumn>
  /** @returns undefined where the step before was refused. */
  decode(column: RawColumn): Promise<Omit<Measurement, 'step'> | undefined>
  /** Solver by output. */
  readonly variants: Readonly<Record<string, string>>
  /** Frees everything; columns under way reject. */
  destroy(): void
}

/** A column as it comes back from the GPU. */
interface RawColumn {
  readonly bytes: ArrayBuffer
  /** The matrices that the GPU solved. */
  readonly solved: readonly SolvedMatrix[]
}

interface MeasuringOptions {
  readonly spec: ExperimentSpec
  readonly sampling: Sampling
  /** Floating-point operations of a sample's way through the network. */
  readonly flopsPerSample: number
  readonly dataset: Dataset
  readonly targetKind: TargetKind
  readonly parameters: NetworkParameters
  /** Where training batches go through the network. */
  readonly forward: ForwardBuffers
  readonly control: GPUBuffer
  /** Without dropout, by node. */
  readonly dropout: readonly BufferSlice[]
  /** Layers that are measured. */
  readonly tracked: readonly TrackedNode[]
}

/** Compiles and allocates all that measuring takes. */
export async function createMeasuring(engine: GpuEngine, graph: Graph, options: MeasuringOptions): Promise<Measuring> {
  const scope = new BufferScope(engine.gpu)
  try {
    return await compileMeasuring(engine, scope, graph, options)
  } catch (error) {
    scope.destroy()
    throw error
  }
}

async function compileMeasuring(
  engine: GpuEngine,
  scope: BufferScope,
  graph: Graph,
  options: MeasuringOptions,
): Promise<Measuring> {
  const { gpu, solveSymmetric } = engine
  const { spec, sampling, dataset, tracked, flopsPerSample } = options
  const { source, output, samples: wanted } = spec.monitor
  const { batchSize } = spec.training
  const fromProbe = source === 'probe'
  const demand = { samples: wanted, sampling, outputs: tracked, flopsPerSample, software: gpu.software }
  const probeSet = chooseProbe(dataset, spec.seed, probeSize(demand))
  // Of a window over training batches the probe knows the held-out loss alone.
  const uploadedSet = fromProbe ? probeSet : heldOutPart(probeSet)
  const uploaded = engine.shared.probes.use(dataset, probeKey(spec.seed, uploadedSet), scope, (shared) =>
    uploadProbe(shared, dataset, uploadedSet, gpu.limits.maxStorageBufferBindingSize),
  )
  const costliest = fromProbe ? Math.max(...tracked.map((maps) => measuringCost(sampling, maps))) : 0
  const rowsPerPass = passRows(gpu, graph, uploadedSet.rows.length, costliest)
  const maximumSamples = fromProbe ? rowsPerPass : batchSize
  const metered = tracked.map((layer) => ({ name: layer.name, ...sampledShape(sampling, layer) }))
  const [sampler, meter, units, probe] = await Promise.all([
    createMapSampler(gpu, scope, tracked, { sampling, maximumSamples }),
    createSpectrumMeter(gpu, scope, metered, { solver: engine.solver, maximumSamples, solveSymmetric }),
    fromProbe
      ? createUnitMeter(
          gpu,
          scope,
          tracked.map(({ channels }) => channels),
        )
      : undefined,
    createProbe(gpu, scope, graph, { ...options, loss: spec.loss, probe: uploadedSet, uploaded, rowsPerPass }),
  ])
  const accumulate = (forward: ForwardBuffers): Plan =>
    tracked.flatMap((layer, index) => {
      const { activation } = forward.nodes[layer.final]!
      const observed = output === 'pre' ? forward.nodes[layer.own]!.own : activation
      const sampled = sampler.sample(index, observed, forward.rows)
      return [
        ...sampled.plan,
        ...meter.accumulate(index, sampled.source, sampled.rows),
        ...(units?.accumulate(index, activation, forward.rows * layer.positions) ?? []),
      ]
    })
  const windowSteps = fromProbe ? 0 : stepsPerWindow(spec)
  const samples = fromProbe ? probeSet.rows.length : windowSteps * batchSize
  const { lossPartials } = probe
  const figures = units?.results ?? []
  const results = [wholeBuffer(options.control), lossPartials, ...figures, ...meter.results]
  const figuresStart = CONTROL_BYTES + lossPartials.size
  const spectraStart = figuresStart + totalBytes(figures)
  const staging = new StagingRing(scope, 'column', totalBytes(results), COLUMNS_UNDER_WAY)
  const column = [
    ...(fromProbe ? meter.reset : []),
    ...(units?.reset ?? []),
    ...probe.passes.flatMap(({ forward, loss }) => [
      ...forward.plan,
      ...loss,
      ...(fromProbe ? accumulate(forward) : []),
    ]),
  ]
  const { queue, jointSolver } = engine
  const { jacobi } = meter
  // An earlier column must have been queued whole before its matrices are overwritten.
  const finishEarlier = (): void => jacobi && jointSolver.flush(jacobi)
  if (jacobi) scope.onDestroy(() => jointSolver.leave(jacobi))
  return {
    sampling,
    outputs: tracked.map((layer) => describeOutput(layer, sampling)),
    windowSteps,
    samples,
    column,
    jacobi,
    openWindow(owner, onDropped) {
      finishEarlier()
      return queue.enqueue({ owner, kind: 'measuring', plan: meter.reset, repeat: 1, onDropped })
    },
    windowStep: fromProbe ? [] : accumulate(options.forward),
    async finishColumn(owner) {
      finishEarlier()
      const work = { owner, kind: 'measuring', plan: column, repeat: 1 } as const
      const [bytes, solved] = await Promise.all([
        queue.read(work, staging, results),
        jacobi ? jointSolver.solve(jacobi, owner) : [],
      ])
      return { bytes, solved }
    },
    async decode({ bytes, solved }) {
      if (decodeControl(bytes).latchStep !== 0) return undefined
      const heldOut = probe.decodeLoss(bytes.slice(CONTROL_BYTES, figuresStart))
      const rows = tracked.map(({ positions }) => samples * positions)
      const unitFigures = units?.decode(bytes.slice(figuresStart, spectraStart), rows)
      const spectra = await meter.decode(bytes.slice(spectraStart), solved, samples)
      return { sampling, spectra, ...(heldOut && { heldOut }), ...(unitFigures && describeUnits(tracked, unitFigures)) }
    },
    variants: { ...meter.variants, ...probe.variants },
    destroy: () => scope.destroy(),
  }
}

function describeUnits(tracked: readonly TrackedNode[], figures: readonly UnitFigures[]): UnitMeasurement {
  return {
    deadUnits: figures.map(({ constant }, index) => (tracked[index]!.isMortal ? constant : undefined)),
    meanActivations: figures.map(({ mean }) => mean),
  }
}

function totalBytes(slices: readonly BufferSlice[]): number {
  return slices.reduce((sum, { size }) => sum + size, 0)
}
