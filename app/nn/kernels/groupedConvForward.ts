import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import type { ConvShape } from '../convShape'
import { paddedWidth } from '../padding'
import type { ConvForwardBuffers } from './convForward'
import { CONVOLUTION_FIELDS, convolutionFields } from './convolutionMap'
import { DROPOUT_FIELDS } from './dropoutUniform'
import { GROUPED_CONSTANTS, groupedCost, groupedMap, GROUPS_FIELDS, groupsFields } from './groupedConvolution'
import { bindOutput, OUTPUT_BINDINGS, OUTPUT_CONSTANTS } from './layerOutput'

const SHAPE_FIELDS = { rows: 'u32', outputs: 'u32', output_quads: 'u32' } as const

/** z = conv(x, W) + b (+ residual) and a = f(z) · mask in groups. Twin: reference/convForward.ts. */
export const groupedConvForward = defineKernel({
  shader: 'nn/grouped_conv_forward',
  bindings: {
    input: 'read',
    weights: 'read',
    bias: 'read',
    ...OUTPUT_BINDINGS,
    shape: { uniform: SHAPE_FIELDS },
    dropout: { uniform: DROPOUT_FIELDS },
    convolution: { uniform: CONVOLUTION_FIELDS },
    groups: { uniform: GROUPS_FIELDS },
  },
  constants: [...GROUPED_CONSTANTS, ...OUTPUT_CONSTANTS],
})

/** @param buffers `weights` are [taps·inputs/groups, out4]; no scratch is used. */
export function groupedConvForwardDispatch(
  kernel: Kernel<typeof groupedConvForward.bindings>,
  scope: BufferScope,
  layer: ConvShape,
  buffers: ConvForwardBuffers,
): Dispatch {
  const { input, weights, bias } = buffers
  const rows = layer.rows * positionsOf(layer.output)
  const outputs = layer.output.channels
  const output_quads = paddedWidth(outputs) / 4
  const uniform = (contents: ArrayBuffer) => wholeBuffer(scope.uniform('grouped conv forward', contents))
  const bindings = {
    input,
    weights,
    bias,
    ...bindOutput(scope, buffers),
    shape: uniform(packUniform(SHAPE_FIELDS, { rows, outputs, output_quads })),
    convolution: uniform(packUniform(CONVOLUTION_FIELDS, convolutionFields(groupedMap(layer)))),
    groups: uniform(packUniform(GROUPS_FIELDS, groupsFields(layer))),
  }
  return kernel.dispatch(bindings, foldWorkgroups(Math.ceil((rows * output_quads) / 64)), groupedCost(layer))
}
