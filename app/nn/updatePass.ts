import type { ExperimentSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import {
  GRADIENT_PARTIAL_BYTES,
  gradientNorm,
  gradientNormDispatch,
  gradientPartialCount,
} from './kernels/gradientNorm'
import { optimizer, optimizerConstants, optimizerDispatch, optimizerMoments } from './kernels/optimizer'
import { reductionConstants } from './kernels/reductionLanes'
import {
  RECORD_BYTES,
  RING_STEPS,
  stepControl,
  stepControlDispatch,
  TABLE_ROW_BYTES,
  TABLE_STEPS,
} from './kernels/stepControl'
import type { LossPartials } from './lossPass'
import { compileRunningStatistics } from './layers/batchNorm'
import type { NetworkParameters } from './network'
import type { BatchStatistics } from './nodeStatistics'

/** The end of a step: gradient norm → step control → optimizer → running statistics, where there are batch norms. */
export interface UpdatePass {
  readonly plan: Plan
  /** RING_STEPS records of past steps. */
  readonly records: GPUBuffer
  /** TABLE_STEPS rows of coming hyperparameters. */
  readonly hyperparameters: GPUBuffer
  /** The optimizer's state; zero at the start of a run. */
  readonly moments: readonly GPUBuffer[]
}

interface UpdateOptions {
  readonly spec: ExperimentSpec
  readonly trainingCount: number
  readonly parameters: NetworkParameters
  /** Flat buffer of the same layout as the parameters. */
  readonly gradients: GPUBuffer
  readonly control: BufferSlice
  readonly lossPartials: LossPartials
  /** What batch norms saw in this step. */
  readonly batchStatistics: BatchStatistics
}

export async function createUpdatePass(gpu: Gpu, scope: BufferScope, options: UpdateOptions): Promise<UpdatePass> {
  const { spec, parameters, control, batchStatistics } = options
  const { layout } = parameters
  const [norm, stepControlKernel, update, learn] = await Promise.all([
    gpu.pipelines.compile(gradientNorm, reductionConstants(gpu)),
    gpu.pipelines.compile(stepControl, reductionConstants(gpu)),
    gpu.pipelines.compile(optimizer, optimizerConstants(spec.optimizer.kind)),
    batchStatistics.length > 0 ? compileRunningStatistics(gpu, batchStatistics.length) : undefined,
  ])
  const { weightLength, trainedLength: length } = layout
  const partials = gradientPartialCount(length)
  const gradientPartials = wholeBuffer(scope.storage('gradient partials', partials * GRADIENT_PARTIAL_BYTES))
  const records = scope.storage('step records', RING_STEPS * RECORD_BYTES)
  const hyperparameters = scope.storage('hyperparameters', TABLE_STEPS * TABLE_ROW_BYTES)
  const moments = optimizerMoments(spec.optimizer.kind)
  const firstMoment = scope.storage('first moment', moments.first ? length * 4 : 16)
  const secondMoment = scope.storage('second moment', moments.second ? length * 4 : 16)
  const network = { parameters: wholeBuffer(parameters.buffer), gradients: wholeBuffer(options.gradients) }
  const plan = [
    gradientNormDispatch(norm, scope, { length, weightLength }, spec.training, { ...network, gradientPartials }),
    stepControlDispatch(
      stepControlKernel,
      scope,
      {
        lossPartials: options.lossPartials.count,
        gradientPartials: partials,
        batchSize: spec.training.batchSize,
        trainingCount: options.trainingCount,
      },
      {
        lossPartials: options.lossPartials.slice,
        gradientPartials,
        hyperparameters: wholeBuffer(hyperparameters),
        records: wholeBuffer(records),
        control,
      },
    ),
    optimizerDispatch(update, scope, spec.optimizer, length, {
      ...network,
      control,
      firstMoment: wholeBuffer(firstMoment),
      secondMoment: wholeBuffer(secondMoment),
    }),
    ...(learn
      ? [learn(scope, { batch: batchStatistics.whole, running: runningStatisticsOf(parameters), control })]
      : []),
  ]
  return { plan, records, hyperparameters, moments: [firstMoment, secondMoment] }
}

/** Running means and variances of all batch norms, behind what is trained. */
function runningStatisticsOf({ buffer, layout }: NetworkParameters): BufferSlice {
  return { buffer, offset: layout.trainedLength * 4, size: (layout.length - layout.trainedLength) * 4 }
}
