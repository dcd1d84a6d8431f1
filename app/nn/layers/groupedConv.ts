import type { Gpu } from '../../gpu/device'
import type { ConvShape } from '../convShape'
import { groupedConvBackwardInput, groupedConvBackwardInputDispatch } from '../kernels/groupedConvBackwardInput'
import {
  chooseSplits,
  groupedConvBackwardWeights,
  groupedConvBackwardWeightsDispatches,
  groupedConvScratchBytes,
} from '../kernels/groupedConvBackwardWeights'
import { groupedConvForward, groupedConvForwardDispatch } from '../kernels/groupedConvForward'
import { groupedConstants, groupForm } from '../kernels/groupedConvolution'
import { shareConstants, type ShareForm } from '../kernels/inputGradient'
import { outputConstants, type OutputForm } from '../kernels/layerOutput'
import { weightGradientFinish } from '../kernels/weightGradient'
import type { ForcedVariant } from '../variants'
import { shareBuffers, type ConvBackward, type ConvForward } from './convHalves'

/** Forward in groups; W [taps·inputs/groups, out4]. */
export async function compileGroupedConvForward(gpu: Gpu, shape: ConvShape, form: OutputForm): Promise<ConvForward> {
  const constants = { ...groupedConstants(shape), ...outputConstants(form) }
  const kernel = await gpu.pipelines.compile(groupedConvForward, constants)
  return {
    scratchBytes: 0,
    variants: { forward: groupForm(shape) },
    dispatches: (scope, buffers) => [groupedConvForwardDispatch(kernel, scope, shape, buffers)],
  }
}

/** @param forced only its splits have a meaning here. */
export async function compileGroupedConvBackward(
  gpu: Gpu,
  shape: ConvShape,
  share: ShareForm | undefined,
  forced: ForcedVariant = {},
): Promise<ConvBackward> {
  const constants = groupedConstants(shape)
  const [main, finish, input] = await Promise.all([
    gpu.pipelines.compile(groupedConvBackwardWeights, constants),
    gpu.pipelines.compile(weightGradientFinish, {}),
    share && gpu.pipelines.compile(groupedConvBackwardInput, { ...constants, ...shareConstants(share) }),
  ])
  const splits = chooseSplits(shape, gpu, forced.splits)
  const name = groupForm(shape)
  return {
    scratchBytes: groupedConvScratchBytes(shape, splits),
    variants: {
      backwardWeights: splits === 1 ? name : `${name}, ${splits} splits`,
      ...(input && { backwardInput: name }),
    },
    dispatches: (scope, buffers) => {
      const kernels = { main, finish, splits }
      const dispatches = groupedConvBackwardWeightsDispatches(kernels, scope, shape, buffers)
      if (!input) return dispatches
      return [groupedConvBackwardInputDispatch(input, scope, shape, shareBuffers(buffers)), ...dispatches]
    },
  }
}
