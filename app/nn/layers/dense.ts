import type { Activation } from '../../experiment/spec'
import type { BufferScope } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import type { Dispatch } from '../../gpu/plan'
import { ACTIVATION_CODES } from '../kernels/activationCodes'
import {
  denseBackwardInput,
  denseBackwardInputDispatch,
  type DenseBackwardInputBuffers,
  type DenseBackwardInputKernel,
} from '../kernels/denseBackwardInput'
import {
  denseBackwardWeights,
  denseBackwardWeightsDispatches,
  denseBackwardWeightsFinish,
  denseBackwardWeightsScratchBytes,
  weightGradientProduct,
  type DenseBackwardWeightsBuffers,
  type DenseBackwardWeightsKernels,
} from '../kernels/denseBackwardWeights'
import {
  denseForward,
  denseForwardDispatches,
  denseForwardFinish,
  denseForwardScratchBytes,
  type DenseForwardBuffers,
  type DenseForwardKernels,
  type DenseShape,
} from '../kernels/denseForward'
import { productConstants } from '../kernels/matrixProduct'
import { paddedWidth } from '../padding'
import { chooseVariant, describeVariant, type ForcedVariant } from '../variants'

/** A compiled half of a layer: `dispatches` may be called for any number of buffers of the shape compiled for. */
interface CompiledHalf<Buffers> {
  /** Bytes of scratch the dispatches need; one buffer of the largest such size serves all layers. */
  readonly scratchBytes: number
  /** Kernel variants by kernel, recorded with every result. */
  readonly variants: Readonly<Record<string, string>>
  dispatches(scope: BufferScope, buffers: Buffers): Dispatch[]
}

/** Forward: z = x·W + b and a = f(z) · dropout mask. */
export type DenseForward = CompiledHalf<DenseForwardBuffers>

/**
 * @param activation undefined for the output layer: it is linear, and only z is written.
 */
export async function compileDenseForward(
  gpu: Gpu,
  shape: DenseShape,
  activation: Activation | undefined,
  forced?: ForcedVariant,
): Promise<DenseForward> {
  const product = { rows: shape.rows, columns: shape.outputs, inner: paddedWidth(shape.inputs) }
  const variant = chooseVariant(product, { weights: weightCount(shape), splittable: true }, gpu, forced)
  const split = variant.splits > 1
  const output = {
    ACTIVATION: ACTIVATION_CODES[activation ?? 'linear'],
    STORE_ACTIVATION: activation === undefined ? 0 : 1,
  }
  const [main, finish] = await Promise.all([
    gpu.pipelines.compile(denseForward, { ...productConstants(variant), ...output, SPLIT: split ? 1 : 0 }),
    split ? gpu.pipelines.compile(denseForwardFinish, output) : undefined,
  ])
  const kernels: DenseForwardKernels = { main, finish, variant }
  return {
    scratchBytes: denseForwardScratchBytes(shape, variant),
    variants: { forward: describeVariant(variant) },
    dispatches: (scope, buffers) => denseForwardDispatches(kernels, scope, shape, buffers),
  }
}

/** What the backward half reads and writes; without a previous layer there is no input gradient to compute. */
interface DenseBackwardBuffers extends DenseBackwardWeightsBuffers {
  readonly previous: Omit<DenseBackwardInputBuffers, 'outputGradient'> | undefined
}

/** Backward: dW, db, and the gradient in the previous layer's z. */
export type DenseBackward = CompiledHalf<DenseBackwardBuffers>

/**
 * @param previous activation function of the previous layer; undefined for the first layer.
 */
export async function compileDenseBackward(
  gpu: Gpu,
  shape: DenseShape,
  previous: Activation | undefined,
  forced?: ForcedVariant,
): Promise<DenseBackward> {
  const [weights, input] = await Promise.all([
    compileBackwardWeights(gpu, shape, forced),
    previous === undefined ? undefined : compileBackwardInput(gpu, shape, previous, forced),
  ])
  return {
    scratchBytes: denseBackwardWeightsScratchBytes(shape, weights.variant),
    variants: {
      backwardWeights: describeVariant(weights.variant),
      ...(input && { backwardInput: describeVariant(input.variant) }),
    },
    dispatches: (scope, buffers) => {
      const dispatches = denseBackwardWeightsDispatches(weights, scope, shape, buffers)
      if (!input) return dispatches
      if (!buffers.previous) throw new Error('a dense layer compiled with a previous layer needs its buffers')
      const { outputGradient } = buffers
      return [denseBackwardInputDispatch(input, scope, shape, { ...buffers.previous, outputGradient }), ...dispatches]
    },
  }
}

async function compileBackwardWeights(
  gpu: Gpu,
  shape: DenseShape,
  forced?: ForcedVariant,
): Promise<DenseBackwardWeightsKernels> {
  const variant = chooseVariant(
    weightGradientProduct(shape),
    { weights: weightCount(shape), splittable: true },
    gpu,
    forced,
  )
  const split = variant.splits > 1
  const [main, finish] = await Promise.all([
    gpu.pipelines.compile(denseBackwardWeights, { ...productConstants(variant), SPLIT: split ? 1 : 0 }),
    split ? gpu.pipelines.compile(denseBackwardWeightsFinish, {}) : undefined,
  ])
  return { main, finish, variant }
}

async function compileBackwardInput(
  gpu: Gpu,
  shape: DenseShape,
  previous: Activation,
  forced?: ForcedVariant,
): Promise<DenseBackwardInputKernel> {
  const product = { rows: shape.rows, columns: shape.inputs, inner: paddedWidth(shape.outputs) }
  const variant = chooseVariant(product, { weights: weightCount(shape), splittable: false }, gpu, forced)
  const constants = { ...productConstants(variant), ACTIVATION: ACTIVATION_CODES[previous] }
  return { main: await gpu.pipelines.compile(denseBackwardInput, constants), variant }
}

function weightCount({ inputs, outputs }: DenseShape): number {
  return inputs * outputs
}
