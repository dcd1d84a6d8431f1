import type { ExperimentSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { allocatePreactivationGradients, createBackwardPass } from './backwardPass'
import { createForwardPass, matrix, type ForwardBuffers } from './forwardPass'
import type { Graph } from './graph'
import { DropoutUniform } from './kernels/dropoutUniform'
import { compileGather, gatherBatchDispatches } from './kernels/gather'
import { allocateLossPartials, createLossPass } from './lossPass'
import { allocateBatchStatistics } from './nodeStatistics'
import { sliceNodes, type NetworkParameters, type NodeSlices } from './network'
import type { TargetKind, UploadedSamples } from './sampleTable'
import { createUpdatePass, type UpdatePass } from './updatePass'

/** One training step as a plan, and the buffers through which it is steered and watched. */
export interface TrainingPass extends Omit<UpdatePass, 'plan'> {
  /** gather → forward → loss → backward → gradient norm → step control → optimizer. */
  readonly plan: Plan
  /** Gradients of the parameters by node, before clipping. */
  readonly gradients: readonly NodeSlices[]
  /** See `sumLossPartials`. */
  readonly lossPartials: BufferSlice
  /** By node: changing the rate of one that drops takes effect with the next submit. */
  readonly dropout: readonly DropoutUniform[]
  readonly variants: Readonly<Record<string, string>>
}

interface TrainingPassOptions {
  readonly spec: ExperimentSpec
  readonly samples: UploadedSamples
  readonly targetKind: TargetKind
  readonly trainingCount: number
  readonly parameters: NetworkParameters
  /** Where the batches go through the network. */
  readonly forward: ForwardBuffers
  /** CONTROL_BYTES of zeros: step, epoch and latch; see shaders/shared/control.wgsl. */
  readonly control: GPUBuffer
}

/**
 * Compiles a training step of L layers: 3·L − 1 dispatches for the layers (one more for each product whose sum is
 * split) and 5 for the rest (one more gather for each further chunk of the data set).
 */
export async function createTrainingPass(
  gpu: Gpu,
  scope: BufferScope,
  graph: Graph,
  options: TrainingPassOptions,
): Promise<TrainingPass> {
  const { spec, samples, parameters, targetKind, trainingCount, forward } = options
  const control = wholeBuffer(options.control)
  const { rows } = forward
  const { shape } = graph.tensors[graph.output]!
  const gradientBuffer = scope.storage('gradients', parameters.layout.length * 4)
  const gradients = sliceNodes(gradientBuffer, graph.nodes, parameters.layout)
  const preactivationGradients = allocatePreactivationGradients(scope, graph, rows)
  const noDropout = new DropoutUniform(gpu, scope, { seed: 0, layer: 0 }, 0)
  const dropoutUniforms = graph.nodes.map(({ dropout: own }) =>
    own ? new DropoutUniform(gpu, scope, { seed: spec.seed, ...own }, own.rate) : noDropout,
  )
  const dropout = dropoutUniforms.map(({ slice }) => slice)
  const batchStatistics = allocateBatchStatistics(scope, graph, parameters)
  const targets = matrix(scope, 'targets', rows, samples.targetColumns)
  const lossPartials = allocateLossPartials(gpu, scope, shape, rows)

  const [gatherKernel, forwardPass, loss, backward, update] = await Promise.all([
    compileGather(gpu, spec.training.augmentation),
    createForwardPass(gpu, scope, graph, {
      mode: 'training',
      buffers: forward,
      parameters: parameters.nodes,
      control,
      dropout,
      batchStatistics,
    }),
    createLossPass(gpu, scope, {
      loss: spec.loss,
      shape,
      targetKind,
      partials: lossPartials,
      logitsGradient: preactivationGradients.at(-1)!,
    }),
    createBackwardPass(gpu, scope, graph, {
      forward,
      preactivationGradients,
      parameters: parameters.nodes,
      gradients,
      control,
      dropout,
      noDropout: noDropout.slice,
    }),
    createUpdatePass(gpu, scope, {
      spec,
      trainingCount,
      parameters,
      gradients: gradientBuffer,
      control,
      lossPartials,
      batchStatistics,
    }),
  ])
  const destination = { rows, inputs: forward.input, targets }
  const { augmentation } = spec.training
  const source = { samples, shape: graph.tensors[0]!.shape, trainingCount, seed: spec.seed, control, augmentation }
  return {
    ...update,
    plan: [
      ...gatherBatchDispatches(gatherKernel, scope, source, destination),
      ...forwardPass.plan,
      loss.dispatch(forward, targets, rows, 'training'),
      ...backward.plan,
      ...update.plan,
    ],
    gradients,
    lossPartials: lossPartials.slice,
    dropout: dropoutUniforms,
    variants: { ...forwardPass.variants, ...backward.variants },
  }
}
