import type { BufferScope } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import type { Dispatch } from '../../gpu/plan'
import {
  denseBackwardInput,
  denseBackwardInputDispatch,
  type DenseBackwardInputBuffers,
  type DenseBackwardInputKernel,
} from '../kernels/denseBackwardInput'
import {
  denseBackwardWeights,
  denseBackwardWeightsDispatches,
  denseBackwardWeightsScratchBytes,
  weightGradientProduct,
  type DenseBackwardWeightsBuffers,
  type DenseBackwardWeightsKernels,
} from '../kernels/denseBackwardWeights'
import {
  denseForward,
  denseForwardDispatches,
  denseForwardScratchBytes,
  type DenseForwardBuffers,
  type DenseForwardKernels,
  type DenseShape,
} from '../kernels/denseForward'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import { outputConstants, type OutputForm } from '../kernels/layerOutput'
import { layerOutputFinish } from '../kernels/layerOutputFinish'
import { productConstants } from '../kernels/matrixProduct'
import { weightGradientFinish } from '../kernels/weightGradient'
import { paddedWidth } from '../padding'
import { chooseVariant, describeVariant, type ForcedVariant } from '../variants'

/** A compiled half of a layer: `dispatches` may be called for any number of buffers of the shape compiled for. */
export interface CompiledHalf<Buffers> {
  /** Bytes of scratch the dispatches need; one buffer of the largest such size serves all layers. */
  readonly scratchBytes: number
  /** Kernel variants by kernel, recorded with every result. */
  readonly variants: Readonly<Record<string, string>>
  dispatches(scope: BufferScope, buffers: Buffers): Dispatch[]
}

/** The half of a layer with other names for its buffers. */
export function adaptHalf<Inner, Outer>(
  half: CompiledHalf<Inner>,
  translate: (buffers: Outer) => Inner,
): CompiledHalf<Outer> {
  const { scratchBytes, variants } = half
  return { scratchBytes, variants, dispatches: (scope, buffers) => half.dispatches(scope, translate(buffers)) }
}

/** Forward: z = x·W + b and a = f(z) · dropout mask. */
export type DenseForward = CompiledHalf<DenseForwardBuffers>

export async function compileDenseForward(
  gpu: Gpu,
  shape: DenseShape,
  form: OutputForm,
  forced?: ForcedVariant,
): Promise<DenseForward> {
  const product = { rows: shape.rows, columns: shape.outputs, inner: paddedWidth(shape.inputs) }
  const variant = chooseVariant(product, { weights: weightCount(shape), splittable: true }, gpu, forced)
  const split = variant.splits > 1
  const output = outputConstants(form)
  const [main, finish] = await Promise.all([
    gpu.pipelines.compile(denseForward, { ...productConstants(variant), ...output, SPLIT: split ? 1 : 0 }),
    split ? gpu.pipelines.compile(layerOutputFinish, output) : undefined,
  ])
  const kernels: DenseForwardKernels = { main, finish, variant }
  return {
    scratchBytes: denseForwardScratchBytes(shape, variant),
    variants: { forward: describeVariant(variant) },
    dispatches: (scope, buffers) => denseForwardDispatches(kernels, scope, shape, buffers),
  }
}

/** What the backward half reads and writes; a layer that reads the network's input computes no gradient in it. */
export interface DenseBackwardBuffers extends DenseBackwardWeightsBuffers {
  readonly share: Omit<DenseBackwardInputBuffers, 'outputGradient'> | undefined
}

/** Backward: dW, db, and a share of the gradient in the input. */
export type DenseBackward = CompiledHalf<DenseBackwardBuffers>

/**
 * @param share undefined where the layer reads the network's input.
 * @param channels of the input where samples are images; a sample's `inputs` are then several padded positions.
 */
export async function compileDenseBackward(
  gpu: Gpu,
  shape: DenseShape,
  share: ShareForm | undefined,
  { channels = shape.inputs, ...forced }: ForcedVariant & { readonly channels?: number } = {},
): Promise<DenseBackward> {
  const [weights, input] = await Promise.all([
    compileBackwardWeights(gpu, shape, forced),
    share && compileBackwardInput(gpu, shape, share, forced),
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
      if (!buffers.share) throw new Error('a dense layer compiled with a share of a gradient needs its buffers')
      const { outputGradient } = buffers
      return [
        denseBackwardInputDispatch(input, scope, shape, { ...buffers.share, outputGradient }, channels),
        ...dispatches,
      ]
    },
  }
}

/** Of a layer without inputs, the gradient in the bias alone. */
export async function compileBackwardWeights(
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
    split ? gpu.pipelines.compile(weightGradientFinish, {}) : undefined,
  ])
  return { main, finish, variant }
}

async function compileBackwardInput(
  gpu: Gpu,
  shape: DenseShape,
  share: ShareForm,
  forced?: ForcedVariant,
): Promise<DenseBackwardInputKernel> {
  const product = { rows: shape.rows, columns: shape.inputs, inner: paddedWidth(shape.outputs) }
  const variant = chooseVariant(product, { weights: weightCount(shape), splittable: false }, gpu, forced)
  const constants = { ...productConstants(variant), ...shareConstants(share) }
  return { main: await gpu.pipelines.compile(denseBackwardInput, constants), variant }
}

function weightCount({ inputs, outputs }: DenseShape): number {
  return inputs * outputs
}
