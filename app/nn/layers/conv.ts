import type { Gpu } from '../../gpu/device'
import type { ConvShape } from '../convShape'
import { convBackwardInputDispatch } from '../kernels/convBackwardInput'
import { convBackwardWeightsDispatches, filterGradientScratchBytes } from '../kernels/convBackwardWeights'
import { convForwardDispatches, convOutput } from '../kernels/convForward'
import { needsPacking, type ConvolutionMap } from '../kernels/convolutionMap'
import type { ShareForm } from '../kernels/inputGradient'
import type { OutputForm } from '../kernels/layerOutput'
import { splitOutputBytes } from '../kernels/layerOutputFinish'
import { describeVariant, type ForcedVariant } from '../variants'
import { shareBuffers, type ConvBackward, type ConvForward } from './convHalves'
import { compileConvolution, compileConvolutionShare, compileFilterGradient } from './convKernels'
import { compileGroupedConvBackward, compileGroupedConvForward } from './groupedConv'

/** Forward; W [taps·in4, out4], [(taps·in)4, out4] on a packed input, [taps·in/groups, out4] in groups. */
export async function compileConvForward(
  gpu: Gpu,
  shape: ConvShape,
  form: OutputForm,
  forced?: ForcedVariant,
): Promise<ConvForward> {
  if (isGrouped(shape)) return compileGroupedConvForward(gpu, shape, form)
  const map = forwardMap(shape)
  const kernels = await compileConvolution(gpu, map, form, forced)
  return {
    scratchBytes: splitOutputBytes(convOutput(map, kernels.variant)),
    variants: { forward: describeVariant(kernels.variant) },
    dispatches: (scope, buffers) => convForwardDispatches(kernels, scope, map, buffers),
  }
}

/** @param share undefined where the layer reads the network's input. */
export async function compileConvBackward(
  gpu: Gpu,
  shape: ConvShape,
  share: ShareForm | undefined,
  forced?: ForcedVariant,
): Promise<ConvBackward> {
  if (isGrouped(shape)) return compileGroupedConvBackward(gpu, shape, share, forced)
  const map = forwardMap(shape)
  const gradient = { ...map, includesBias: true }
  const back = { ...map, adjoint: true, packed: false }
  const [weights, input] = await Promise.all([
    compileFilterGradient(gpu, gradient, forced),
    share && compileConvolutionShare(gpu, back, share, forced),
  ])
  return {
    scratchBytes: filterGradientScratchBytes(gradient, weights.variant),
    variants: {
      backwardWeights: describeVariant(weights.variant),
      ...(input && { backwardInput: describeVariant(input.variant) }),
    },
    dispatches: (scope, buffers) => {
      const dispatches = convBackwardWeightsDispatches(weights, scope, gradient, buffers)
      if (!input) return dispatches
      return [convBackwardInputDispatch(input, scope, back, shareBuffers(buffers)), ...dispatches]
    },
  }
}

function isGrouped({ groups = 1 }: ConvShape): boolean {
  return groups > 1
}

function forwardMap({ rows, packedInput, ...convolution }: ConvShape): ConvolutionMap {
  return { ...convolution, samples: rows, adjoint: false, packed: packedInput && needsPacking(convolution.input) }
}
