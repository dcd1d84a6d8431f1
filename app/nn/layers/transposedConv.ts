import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { convolutionBack, type TransposedConvShape } from '../convShape'
import { convBackwardInputDispatch } from '../kernels/convBackwardInput'
import { convBackwardWeightsDispatches, filterGradientScratchBytes } from '../kernels/convBackwardWeights'
import { convForwardDispatches } from '../kernels/convForward'
import type { ConvolutionMap } from '../kernels/convolutionMap'
import { denseBackwardWeightsDispatches, denseBackwardWeightsScratchBytes } from '../kernels/denseBackwardWeights'
import type { ShareForm } from '../kernels/inputGradient'
import type { OutputForm } from '../kernels/layerOutput'
import { describeVariant, type ForcedVariant } from '../variants'
import { shareBuffers, type ConvBackward, type ConvForward } from './convHalves'
import { compileConvolution, compileConvolutionShare, compileFilterGradient } from './convKernels'
import { compileBackwardWeights } from './dense'

/** Forward: z = convᵀ(x, W) + b and a = f(z) · dropout mask; W [taps·out4, in4]. */
export async function compileTransposedConvForward(
  gpu: Gpu,
  shape: TransposedConvShape,
  form: OutputForm,
  forced?: ForcedVariant,
): Promise<ConvForward> {
  const map = { ...mapBack(shape), adjoint: true }
  const kernels = await compileConvolution(gpu, map, form, forced)
  return {
    scratchBytes: 0,
    variants: { forward: describeVariant(kernels.variant) },
    dispatches: (scope, buffers) => convForwardDispatches(kernels, scope, map, buffers),
  }
}

/**
 * Backward: dW, db, and a share of the gradient in the input, which is an ordinary convolution of the output gradient.
 * @param share undefined where the layer reads the network's input.
 */
export async function compileTransposedConvBackward(
  gpu: Gpu,
  shape: TransposedConvShape,
  share: ShareForm | undefined,
  forced?: ForcedVariant,
): Promise<ConvBackward> {
  const map = mapBack(shape)
  // The weights are those of the convolution back, whose output is this layer's input.
  const gradient = { ...map, includesBias: false }
  const sums = { rows: shape.rows * positionsOf(shape.output), inputs: 0, outputs: shape.output.channels }
  const [weights, bias, input] = await Promise.all([
    compileFilterGradient(gpu, gradient, forced),
    compileBackwardWeights(gpu, sums, forced),
    share && compileConvolutionShare(gpu, map, share, forced),
  ])
  return {
    scratchBytes: Math.max(
      filterGradientScratchBytes(gradient, weights.variant),
      denseBackwardWeightsScratchBytes(sums, bias.variant),
    ),
    variants: {
      backwardWeights: describeVariant(weights.variant),
      backwardBias: describeVariant(bias.variant),
      ...(input && { backwardInput: describeVariant(input.variant) }),
    },
    dispatches: (scope, buffers) => {
      const { input: layerInput, outputGradient } = buffers
      const swapped = { ...buffers, input: outputGradient, outputGradient: layerInput }
      const dispatches = [
        ...convBackwardWeightsDispatches(weights, scope, gradient, { ...swapped, biasGradient: unused(scope) }),
        ...denseBackwardWeightsDispatches(bias, scope, sums, { ...buffers, weightGradient: unused(scope) }),
      ]
      if (!input) return dispatches
      return [convBackwardInputDispatch(input, scope, map, shareBuffers(buffers)), ...dispatches]
    },
  }
}

/** For what a kernel binds and, in this shape, does not write. */
function unused(scope: BufferScope): BufferSlice {
  return wholeBuffer(scope.storage('unused', 16))
}

/** From the layer's output back to its input. */
function mapBack(shape: TransposedConvShape): ConvolutionMap {
  return { ...convolutionBack(shape), samples: shape.rows, adjoint: false, packed: false }
}
