import type { Dataset } from '../data/dataset'
import type { ExperimentSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import { StagingRing } from '../gpu/readback'
import type { Plan } from '../gpu/plan'
import type { ForwardBuffers } from '../nn/forwardPass'
import type { Graph } from '../nn/graph'
import { CONTROL_BYTES, decodeControl } from '../nn/kernels/stepControl'
import type { NetworkParameters } from '../nn/network'
import { createDeadUnitCounter } from '../spectral/deadUnits'
import type { SolvedMatrix } from '../spectral/jacobiBatch'
import type { JacobiMember } from '../spectral/jointBatch'
import { createSpectrumMeter } from '../spectral/spectrumMeter'
import type { GpuEngine } from './engine'
import { createProbe } from './probe'
import { chooseProbe, heldOutPart } from './probeSet'
import { probeKey, uploadProbe } from './probeUpload'
import type { Measurement } from './session'
import { stepsPerWindow, type TrackedNode } from './trackedOutputs'

/** Columns that may be on their way back at once; the scheduler asks for no more. */
const COLUMNS_UNDER_WAY = 6

/** How a column is made: from a probe at frozen weights, or from a window of training steps. */
export interface Measuring {
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
}

/** A column as it comes back from the GPU. */
interface RawColumn {
  readonly bytes: ArrayBuffer
  /** The matrices that the GPU solved. */
  readonly solved: readonly SolvedMatrix[]
}

interface MeasuringOptions {
  readonly spec: ExperimentSpec
  readonly dataset: Dataset
  readonly targetKind: 'classes' | 'values'
  readonly parameters: NetworkParameters
  /** Where training batches go through the network. */
  readonly forward: ForwardBuffers
  readonly control: GPUBuffer
  /** Without dropout, by node. */
  readonly dropout: readonly BufferSlice[]
  /** Layers that are measured. */
  readonly tracked: readonly TrackedNode[]
}

export async function createMeasuring(
  engine: GpuEngine,
  scope: BufferScope,
  graph: Graph,
  options: MeasuringOptions,
): Promise<Measuring> {
  const { gpu, solveSymmetric } = engine
  const { spec, dataset, tracked } = options
  const { source, output, samples: wanted } = spec.monitor
  const { batchSize } = spec.training
  const fromProbe = source === 'probe'
  const widest = Math.max(...tracked.map(({ width, positions }) => width / positions))
  const probeSet = chooseProbe(dataset, spec.seed, wanted, widest)
  // Of a window over training batches the probe knows the held-out loss alone.
  const uploadedSet = fromProbe ? probeSet : heldOutPart(probeSet)
  const uploaded = engine.shared.probes.use(dataset, probeKey(spec.seed, uploadedSet), scope, (shared) =>
    uploadProbe(shared, dataset, uploadedSet, gpu.limits.maxStorageBufferBindingSize),
  )
  const maximumSamples = Math.max(probeSet.rows.length, batchSize)
  const [meter, dead, probe] = await Promise.all([
    createSpectrumMeter(gpu, scope, tracked, { solver: engine.solver, maximumSamples, solveSymmetric }),
    fromProbe
      ? createDeadUnitCounter(
          gpu,
          scope,
          tracked.map(({ width, isMortal }) => (isMortal ? width : undefined)),
        )
      : undefined,
    createProbe(gpu, scope, graph, { ...options, loss: spec.loss, probe: uploadedSet, uploaded }),
  ])
  const accumulate = (forward: ForwardBuffers): Plan =>
    tracked.flatMap((layer, index) => {
      const { activation } = forward.nodes[layer.final]!
      const rows = forward.rows * layer.positions
      return [
        ...meter.accumulate(index, output === 'pre' ? forward.nodes[layer.own]!.own : activation, rows),
        ...(dead?.accumulate(index, activation, rows) ?? []),
      ]
    })
  const windowSteps = fromProbe ? 0 : stepsPerWindow(spec)
  const samples = fromProbe ? probeSet.rows.length : windowSteps * batchSize
  const { lossPartials } = probe
  const counts = dead?.results ?? []
  const results = [wholeBuffer(options.control), lossPartials, ...counts, ...meter.results]
  const countsStart = CONTROL_BYTES + lossPartials.size
  const spectraStart = countsStart + totalBytes(counts)
  const staging = new StagingRing(scope, 'column', totalBytes(results), COLUMNS_UNDER_WAY)
  const column = [
    ...(fromProbe ? meter.reset : []),
    ...(dead?.reset ?? []),
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
      const heldOut = probe.decodeLoss(bytes.slice(CONTROL_BYTES, countsStart))
      const deadUnits = dead?.decode(bytes.slice(countsStart, spectraStart))
      const spectra = await meter.decode(bytes.slice(spectraStart), solved, samples)
      return { spectra, ...(heldOut && { heldOut }), ...(deadUnits && { deadUnits }) }
    },
    variants: { ...meter.variants, ...probe.variants },
  }
}

function totalBytes(slices: readonly BufferSlice[]): number {
  return slices.reduce((sum, { size }) => sum + size, 0)
}
