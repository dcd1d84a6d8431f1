import type { Dataset } from '../data/dataset'
import type { Architecture } from '../experiment/architecture'
import type { ExperimentSpec, Sampling } from '../experiment/spec'
import type { BufferScope, BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { reportOutOfMemory } from '../gpu/errors'
import { allocateForward, type ForwardBuffers } from '../nn/forwardPass'
import { buildGraph } from '../nn/buildGraph'
import type { Graph } from '../nn/graph'
import { DropoutUniform } from '../nn/kernels/dropoutUniform'
import { CONTROL_BYTES } from '../nn/kernels/stepControl'
import { allocateParameters, type NetworkParameters } from '../nn/network'
import { uploadSamples } from '../nn/sampleTable'
import { createTrainingPass, type TrainingPass } from '../nn/trainingPass'
import type { GpuEngine } from './engine'
import { createMeasuring, type Measuring } from './measuring'
import { networkData } from './networkData'
import { trackedNodes } from './trackedOutputs'

/** Everything of a run that lies on the GPU: data, parameters and plans. */
export interface CompiledRun {
  readonly engine: GpuEngine
  readonly spec: ExperimentSpec
  readonly architecture: Architecture
  readonly scope: BufferScope
  readonly graph: Graph
  readonly parameters: NetworkParameters
  /** Where training batches go through the network. */
  readonly forward: ForwardBuffers
  /** Step, epoch and latch; see shaders/shared/control.wgsl. */
  readonly control: GPUBuffer
  readonly training: TrainingPass
  /** What it begins with. */
  readonly measuring: Measuring
  /**
   * Prepares measuring by another sampling; it is freed with the run at the latest. Rejects with GpuError where the
   * adapter cannot hold it, and nothing stays allocated then.
   */
  readonly openMeasuring: (sampling: Sampling) => Promise<Measuring>
  /** Without dropout, by node: for evaluation. */
  readonly dropout: readonly BufferSlice[]
  /** Whether outputs are compared with classes, so that there is an accuracy. */
  readonly classification: boolean
  /** Samples an epoch goes through. */
  readonly trainingCount: number
}

export async function compileRun(
  engine: GpuEngine,
  scope: BufferScope,
  spec: ExperimentSpec,
  architecture: Architecture,
  dataset: Dataset,
): Promise<CompiledRun> {
  const { gpu } = engine
  const graph = buildGraph(spec.layers, dataset.shape)
  const data = networkData(dataset, spec.loss)
  const { trainingCount, targetKind } = data
  // Training draws from the first part alone; the probe brings the held-out samples.
  const samples = engine.shared.samples.use(dataset, 'training part', scope, (shared) =>
    uploadSamples(shared, { ...data, rows: trainingCount }, gpu.limits.maxStorageBufferBindingSize),
  )
  const parameters = allocateParameters(gpu, scope, graph)
  const forward = allocateForward(scope, graph, spec.training.batchSize)
  const control = scope.storage('control', CONTROL_BYTES)
  // Masks of rate 0 draw nothing, so one without seed and layer serves all nodes.
  const evaluation = new DropoutUniform(gpu, scope, { seed: 0, layer: 0 }, 0)
  const dropout = graph.nodes.map(() => evaluation.slice)
  const tracked = trackedNodes(graph, spec.monitor)
  const network = { spec, targetKind, parameters, forward, control }
  const { flopsPerSample } = architecture
  const compileMeasuring = async (sampling: Sampling): Promise<Measuring> => {
    const options = { ...network, sampling, flopsPerSample, dataset, dropout, tracked }
    const measuring = await createMeasuring(engine, graph, options)
    scope.onDestroy(() => measuring.destroy())
    return measuring
  }
  // Together, so that the browser compiles all kernels side by side.
  const [training, measuring] = await Promise.all([
    createTrainingPass(gpu, scope, graph, { ...network, samples, trainingCount }),
    compileMeasuring(spec.monitor.sampling),
  ])
  const classification = targetKind === 'classes'
  return {
    engine,
    spec,
    architecture,
    scope,
    graph,
    parameters,
    forward,
    control,
    training,
    measuring,
    openMeasuring: (sampling) => openWhole(gpu, () => compileMeasuring(sampling)),
    dropout,
    classification,
    trainingCount,
  }
}

/** Opens something on the GPU, or nothing: what is there of it once the memory gave out is freed. */
async function openWhole<Opened extends { destroy(): void }>(gpu: Gpu, open: () => Promise<Opened>): Promise<Opened> {
  let opened: Opened | undefined
  try {
    return await reportOutOfMemory(gpu.device, async () => (opened = await open()))
  } catch (error) {
    opened?.destroy()
    throw error
  }
}
