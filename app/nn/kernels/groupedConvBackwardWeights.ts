import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import type { ConvShape } from '../convShape'
import { paddedWidth } from '../padding'
import type { ConvBackwardWeightsBuffers } from './convBackwardWeights'
import { CONVOLUTION_FIELDS, convolutionFields } from './convolutionMap'
import {
  GROUPED_CONSTANTS,
  groupedCost,
  groupedMap,
  groupedWeightRows,
  groupForm,
  GROUPS_FIELDS,
  groupsFields,
} from './groupedConvolution'
import { partialSumsBytes, weightGradientFinishDispatch, type weightGradientFinish } from './weightGradient'

const SHAPE_FIELDS = { weight_rows: 'u32', output_quads: 'u32', positions: 'u32', positions_per_split: 'u32' } as const

/** Partial sums of dW and db of a convolution in groups. Twin: reference/convBackwardWeights.ts. */
export const groupedConvBackwardWeights = defineKernel({
  shader: 'nn/grouped_conv_backward_weights',
  bindings: {
    input: 'read',
    outputGradient: 'read',
    partialSums: 'read-write',
    shape: { uniform: SHAPE_FIELDS },
    convolution: { uniform: CONVOLUTION_FIELDS },
    groups: { uniform: GROUPS_FIELDS },
  },
  constants: GROUPED_CONSTANTS,
})

export interface GroupedConvBackwardWeightsKernels {
  readonly main: Kernel<typeof groupedConvBackwardWeights.bindings>
  readonly finish: Kernel<typeof weightGradientFinish.bindings>
  readonly splits: number
}

/** Invocations that keep an integrated GPU busy. */
const INVOCATIONS_WANTED = 16_384
/** Positions of a split: shorter ones cost more in partial sums, written and read again, than they save. */
const SHORTEST_SPLIT = 64
/** As of a product: longer sums lose accuracy. */
const LONGEST_SPLIT = 8192

/** Invocations of one split: one per quad of a row, or of four rows. */
function invocations(layer: ConvShape): number {
  const blocks = Math.ceil(groupedWeightRows(layer) / (groupForm(layer) === 'whole quads' ? 4 : 1)) + 1
  return (blocks * paddedWidth(layer.output.channels)) / 4
}

/** Parts into which the positions are cut; adapters that compute on the CPU have few cores to keep busy. */
export function chooseSplits(layer: ConvShape, { software }: { readonly software: boolean }, forced?: number): number {
  const positions = layer.rows * positionsOf(layer.output)
  const forCores = software ? 1 : Math.ceil(INVOCATIONS_WANTED / invocations(layer))
  const rule = Math.max(
    Math.ceil(positions / LONGEST_SPLIT),
    Math.min(forCores, Math.floor(positions / SHORTEST_SPLIT)),
    1,
  )
  return Math.ceil(positions / Math.ceil(positions / Math.min(forced ?? rule, positions)))
}

export function groupedConvScratchBytes(layer: ConvShape, splits: number): number {
  return partialSumsBytes(groupedWeightRows(layer) + 1, layer.output.channels, splits)
}

/** Partial sums, and their sum. */
export function groupedConvBackwardWeightsDispatches(
  { main, finish, splits }: GroupedConvBackwardWeightsKernels,
  scope: BufferScope,
  layer: ConvShape,
  buffers: ConvBackwardWeightsBuffers,
): Dispatch[] {
  const { input, outputGradient, scratch } = buffers
  const outputs = layer.output.channels
  const rows = groupedWeightRows(layer)
  const positions = layer.rows * positionsOf(layer.output)
  const fields = {
    weight_rows: rows,
    output_quads: paddedWidth(outputs) / 4,
    positions,
    positions_per_split: Math.ceil(positions / splits),
  }
  const uniform = (contents: ArrayBuffer) => wholeBuffer(scope.uniform('grouped conv backward weights', contents))
  const bindings = {
    input,
    outputGradient,
    partialSums: scratch,
    shape: uniform(packUniform(SHAPE_FIELDS, fields)),
    convolution: uniform(packUniform(CONVOLUTION_FIELDS, convolutionFields(groupedMap(layer)))),
    groups: uniform(packUniform(GROUPS_FIELDS, groupsFields(layer))),
  }
  const [x, y] = foldWorkgroups(Math.ceil(invocations(layer) / 64))
  const parts = { weights: { rows, inputs: rows, outputs }, rows: rows + 1, splits }
  return [
    main.dispatch(bindings, [x, y, splits], groupedCost(layer)),
    weightGradientFinishDispatch(finish, scope, parts, buffers),
  ]
}
