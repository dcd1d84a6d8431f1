import { convolutionSize, type ConvolutionGeometry } from '../../experiment/convolution'
import { elementsOf, positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import type { Convolution } from '../convShape'
import { paddedWidth, padRows } from '../padding'
import type { Matrix } from '../reference/matrix'
import { randomMatrix, uploadMatrix } from './denseTesting'

/** Helpers of the tests of convolution kernels. */

/** Milliseconds for tests that compile every variant: a software adapter is slow at it where other programs run, too. */
export const PATIENCE = 180_000

/** A convolution over a few samples. */
export interface ConvCase extends Convolution {
  readonly rows: number
}

const FACTORS = {
  size: [
    [1, 1],
    [5, 7],
    [8, 8],
    [28, 28],
  ],
  inputs: [1, 3, 4, 15, 16, 17],
  outputs: [1, 3, 4, 15, 16, 17],
  kernel: [1, 2, 3, 4, 5, 6, 7],
  stride: [1, 2],
  dilation: [1, 2],
  padding: ['same', 'valid'],
} as const

type Factor = keyof typeof FACTORS
type Choice = Readonly<Record<Factor, number>>
const NAMES = Object.keys(FACTORS) as Factor[]

function describeChoice(choice: Choice): ConvCase {
  const [height, width] = FACTORS.size[choice.size]!
  const geometry: ConvolutionGeometry = {
    kernel: FACTORS.kernel[choice.kernel]!,
    stride: FACTORS.stride[choice.stride]!,
    dilation: FACTORS.dilation[choice.dilation]!,
    padding: FACTORS.padding[choice.padding]!,
  }
  const input = { height, width, channels: FACTORS.inputs[choice.inputs]! }
  const output = { ...convolutionSize(input, geometry), channels: FACTORS.outputs[choice.outputs]! }
  return { rows: height === 28 ? 1 : 3, input, output, geometry }
}

/** The kernel fits, and large images have few channels, for the sake of software adapters. */
function isPossible(choice: Choice): boolean {
  const { input, output } = describeChoice(choice)
  return positionsOf(output) >= 1 && output.height >= 1 && (input.height < 28 || input.channels + output.channels <= 8)
}

function* allChoices(at = 0, chosen: Partial<Record<Factor, number>> = {}): Generator<Choice> {
  const name = NAMES[at]
  if (name === undefined) {
    yield chosen as Choice
    return
  }
  for (let index = 0; index < FACTORS[name].length; index++) yield* allChoices(at + 1, { ...chosen, [name]: index })
}

function pairsOf(choice: Choice): string[] {
  return NAMES.flatMap((first, at) =>
    NAMES.slice(at + 1).map((second) => `${first} ${choice[first]} ${second} ${choice[second]}`),
  )
}

/** Few convolutions such that each possible pair of sizes, channels, kernels, strides, dilations and paddings occurs. */
function coverPairs(): readonly ConvCase[] {
  const possible = [...allChoices()].filter(isPossible).map((choice) => ({ choice, pairs: pairsOf(choice) }))
  const missing = new Set(possible.flatMap(({ pairs }) => pairs))
  const cases: ConvCase[] = []
  for (const wanted of missing) {
    const candidates = possible.filter(({ pairs }) => pairs.includes(wanted))
    const gains = candidates.map(({ pairs }) => pairs.filter((pair) => missing.has(pair)).length)
    const best = candidates[gains.lastIndexOf(Math.max(...gains))]!
    for (const pair of best.pairs) missing.delete(pair)
    cases.push(describeChoice(best.choice))
  }
  return cases
}

export const CONV_CASES: readonly ConvCase[] = coverPairs()

export interface ConvLayer extends ConvCase {
  /** x [rows·height·width, inputs]. */
  readonly x: Matrix
  /** W [taps·inputs/groups, outputs]. */
  readonly weights: Matrix
  readonly bias: Float64Array
  /** dZ [rows·height·width, outputs]. */
  readonly outputGradient: Matrix
}

export function randomConvLayer(convolution: ConvCase): ConvLayer {
  const { rows, input, output, geometry, groups = 1 } = convolution
  return {
    ...convolution,
    x: randomMatrix(rows * positionsOf(input), input.channels, 1),
    weights: randomMatrix((geometry.kernel ** 2 * input.channels) / groups, output.channels, 2),
    bias: randomMatrix(1, output.channels, 3).values,
    outputGradient: randomMatrix(rows * positionsOf(output), output.channels, 4),
  }
}

/** A convolution of stride, dilation and padding given, 'same' and 1 by default. */
export function convCase(
  rows: number,
  input: TensorShape,
  filters: number,
  geometry: Partial<ConvolutionGeometry>,
  groups = 1,
): ConvCase {
  const whole = { kernel: 3, stride: 1, dilation: 1, padding: 'same', ...geometry } as const
  const output = { ...convolutionSize(input, whole), channels: filters }
  return { rows, input, output, geometry: whole, groups }
}

/** Images as the network's input holds them: samples without gaps, each padded at its end. */
export function uploadPacked(scope: BufferScope, image: Matrix, shape: TensorShape): BufferSlice {
  const columns = elementsOf(shape)
  return uploadMatrix(scope, { rows: image.values.length / columns, columns, values: image.values })
}

/** Filters as they are stored: each tap padded by itself, or all of them together where the input is packed. */
export function storeFilters(weights: Matrix, taps: number): Float32Array {
  const inputs = weights.rows / taps
  const stride = paddedWidth(weights.columns)
  const stored = new Float32Array(taps * paddedWidth(inputs) * stride)
  for (let tap = 0; tap < taps; tap++) {
    const values = weights.values.subarray(tap * inputs * weights.columns, (tap + 1) * inputs * weights.columns)
    stored.set(padRows(values, inputs, weights.columns), tap * paddedWidth(inputs) * stride)
  }
  return stored
}

export function uploadFilters(scope: BufferScope, weights: Matrix, taps: number): BufferSlice {
  return wholeBuffer(scope.storageWith('filters', storeFilters(weights, taps)))
}
