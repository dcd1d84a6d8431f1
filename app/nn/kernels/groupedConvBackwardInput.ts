import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import type { ConvShape } from '../convShape'
import { paddedWidth } from '../padding'
import type { ConvBackwardInputBuffers } from './convBackwardInput'
import { CONVOLUTION_FIELDS, convolutionFields } from './convolutionMap'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { GROUPED_CONSTANTS, groupedCost, groupedMap, GROUPS_FIELDS, groupsFields } from './groupedConvolution'
import { INPUT_GRADIENT_BINDINGS, INPUT_GRADIENT_CONSTANTS, INPUT_GRADIENT_FIELDS, shareFields } from './inputGradient'

const SHAPE_FIELDS = { rows: 'u32', ...INPUT_GRADIENT_FIELDS, output_quads: 'u32' } as const

/** The share of a convolution in groups of the gradient in its input. Twin: reference/convBackwardInput.ts. */
export const groupedConvBackwardInput = defineKernel({
  shader: 'nn/grouped_conv_backward_input',
  bindings: {
    outputGradient: 'read',
    weights: 'read',
    ...INPUT_GRADIENT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
    convolution: { uniform: CONVOLUTION_FIELDS },
    groups: { uniform: GROUPS_FIELDS },
  },
  constants: [...GROUPED_CONSTANTS, ...INPUT_GRADIENT_CONSTANTS],
})

export function groupedConvBackwardInputDispatch(
  kernel: Kernel<typeof groupedConvBackwardInput.bindings>,
  scope: BufferScope,
  layer: ConvShape,
  buffers: ConvBackwardInputBuffers,
): Dispatch {
  const { input, output } = layer
  const rows = layer.rows * positionsOf(input)
  const fields = { rows, ...shareFields(input.channels), output_quads: paddedWidth(output.channels) / 4 }
  const uniform = (contents: ArrayBuffer) => wholeBuffer(scope.uniform('grouped conv backward input', contents))
  const bindings = {
    ...buffers,
    shape: uniform(packUniform(SHAPE_FIELDS, fields)),
    convolution: uniform(packUniform(CONVOLUTION_FIELDS, convolutionFields(groupedMap(layer)))),
    groups: uniform(packUniform(GROUPS_FIELDS, groupsFields(layer))),
  }
  const workgroups = foldWorkgroups(Math.ceil((rows * fields.channel_quads) / 64))
  return kernel.dispatch(bindings, workgroups, groupedCost(layer))
}
