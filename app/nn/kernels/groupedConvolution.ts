import { positionsOf } from '../../experiment/tensorShape'
import type { ConvShape } from '../convShape'
import { needsPacking, type ConvolutionMap } from './convolutionMap'

/** Fields of `Groups` in shaders/shared/grouped_convolution.wgsl. */
export const GROUPS_FIELDS = { inputs_per_group: 'u32', outputs_per_group: 'u32' } as const

export const GROUPED_CONSTANTS = ['GROUP_FORM', 'PACKED_INPUT'] as const

/** What the quads of a grouped convolution hold; numbers as in shaders/shared/grouped_convolution.wgsl. */
const GROUP_FORMS = { 'single channels': 0, depthwise: 1, 'whole quads': 2 } as const

export type GroupForm = keyof typeof GROUP_FORMS

/** Quads where they belong to one group, or to four of one channel each; else, and from a packed input, single numbers. */
export function groupForm({ input, output, packedInput, groups = 1 }: ConvShape): GroupForm {
  if (packedInput && needsPacking(input)) return 'single channels'
  if (groups === input.channels && groups === output.channels) return 'depthwise'
  const alike = [input, output].every(({ channels }) => (channels / groups) % 4 === 0)
  return alike ? 'whole quads' : 'single channels'
}

export function groupsFields({ input, output, groups = 1 }: ConvShape): Record<keyof typeof GROUPS_FIELDS, number> {
  return { inputs_per_group: input.channels / groups, outputs_per_group: output.channels / groups }
}

export function groupedConstants(shape: ConvShape): Record<(typeof GROUPED_CONSTANTS)[number], number> {
  return { GROUP_FORM: GROUP_FORMS[groupForm(shape)], PACKED_INPUT: groupedMap(shape).packed ? 1 : 0 }
}

/** From input to output: all grouped kernels are told of the convolution itself. */
export function groupedMap(shape: ConvShape): ConvolutionMap {
  return { ...shape, samples: shape.rows, adjoint: false, packed: shape.packedInput && needsPacking(shape.input) }
}

/** Rows of the weights: inputs of a group for each tap, without padding. */
export function groupedWeightRows({ input, geometry, groups = 1 }: ConvShape): number {
  return (geometry.kernel ** 2 * input.channels) / groups
}

/** Floating-point operations of each of the three kernels. */
export function groupedCost(shape: ConvShape): number {
  return 2 * shape.rows * positionsOf(shape.output) * shape.output.channels * groupedWeightRows(shape)
}
