import type { ConvolutionGeometry } from '../experiment/convolution'
import { elementsOf, positionsOf, type TensorShape } from '../experiment/tensorShape'
import type { ArrayRole, ArrayShape, GraphNode } from './graph'
import { paddedWidth } from './padding'

/** The arrays of a node with weights. */
type Weighing = Pick<GraphNode, 'arrays' | 'fanIn' | 'fanOut'>

/** W [positions, channels, units] and b. @param path of the module in PyTorch. */
export function denseArrays(input: TensorShape, units: number, isPacked: boolean, path: string): Weighing {
  const inputs = elementsOf(input)
  // Where nothing lies between positions, they are channels like any other; only PyTorch has them in another order.
  const { channels: rows } = input
  const blockStride = isPacked ? rows : paddedWidth(rows)
  const shape = [units, inputs]
  const blocks = positionsOf(input)
  return {
    arrays: [
      weights(path, { blocks, rows, columns: units, blockStride }, shape),
      vector('bias', units, `${path}.bias`),
    ],
    fanIn: inputs,
    fanOut: units,
  }
}

/** W [taps, input channels of a group, channels] and b. */
export function convArrays(
  { kernel, channels }: ConvolutionGeometry & { readonly channels: number },
  groups: number,
  inputChannels: number,
  isPacked: boolean,
  path: string,
): Weighing {
  const rows = inputChannels / groups
  const taps = kernel ** 2
  const blockStride = isPacked || groups > 1 ? rows : paddedWidth(rows)
  const shape = [channels, rows, kernel, kernel]
  return {
    arrays: [
      weights(path, { blocks: taps, rows, columns: channels, blockStride }, shape),
      vector('bias', channels, `${path}.bias`),
    ],
    fanIn: taps * rows,
    fanOut: (taps * channels) / groups,
  }
}

/** W of the convolution from the output to the input, [taps, output channels, input channels], and b [output channels]. */
export function transposedArrays(
  { kernel }: ConvolutionGeometry,
  inputChannels: number,
  channels: number,
  path: string,
): Weighing {
  const taps = kernel ** 2
  const blocks = { blocks: taps, rows: channels, columns: inputChannels, blockStride: paddedWidth(channels) }
  const shape = [inputChannels, channels, kernel, kernel]
  return {
    arrays: [weights(path, blocks, shape), vector('bias', channels, `${path}.bias`)],
    // PyTorch reads fan-in off the second axis, which here is the output's.
    fanIn: taps * channels,
    fanOut: taps * inputChannels,
  }
}

export function normalisationArrays(over: 'batch' | 'layer', channels: number, path: string): readonly ArrayShape[] {
  const learned = [vector('scale', channels, `${path}.weight`), vector('shift', channels, `${path}.bias`)]
  if (over === 'layer') return learned
  return [
    ...learned,
    vector('runningMean', channels, `${path}.running_mean`),
    vector('runningVariance', channels, `${path}.running_var`),
  ]
}

function weights(
  path: string,
  blocks: Pick<ArrayShape, 'blocks' | 'rows' | 'columns' | 'blockStride'>,
  shape: readonly number[],
): ArrayShape {
  return { role: 'weights', ...blocks, torch: { name: `${path}.weight`, shape } }
}

function vector(role: ArrayRole, columns: number, name: string): ArrayShape {
  return { role, blocks: 1, rows: 1, columns, blockStride: 1, torch: { name, shape: [columns] } }
}
