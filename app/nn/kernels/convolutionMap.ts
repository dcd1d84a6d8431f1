import { paddingBefore } from '../../experiment/convolution'
import { elementsOf, positionsOf, type TensorShape } from '../../experiment/tensorShape'
import type { Convolution } from '../convShape'
import { paddedWidth } from '../padding'
import type { ProductSize } from '../variants'
import type { WeightSize } from './weightGradient'

/** Fields of `Convolution` in shaders/shared/convolution.wgsl. */
export const CONVOLUTION_FIELDS = {
  samples: 'u32',
  source_height: 'u32',
  source_width: 'u32',
  source_channels: 'u32',
  source_quads: 'u32',
  result_height: 'u32',
  result_width: 'u32',
  result_quads: 'u32',
  kernel: 'u32',
  stride: 'u32',
  dilation: 'u32',
  before: 'u32',
  tap_step: 'u32',
} as const

export const CONVOLUTION_CONSTANTS = ['ADJOINT', 'PACKED_INPUT'] as const

/** A convolution or its adjoint over a batch: what kernels compute forwards or backwards. */
export interface ConvolutionMap extends Convolution {
  readonly samples: number
  /** From the convolution's output to its input. */
  readonly adjoint: boolean
  /** Samples of the source lie without gaps; single channels are read. */
  readonly packed: boolean
}

/** Where every channel count is a multiple of 4, packed samples are padded ones, and faster to read as those. */
export function needsPacking({ channels }: TensorShape): boolean {
  return channels % 4 !== 0
}

/** The tensor that the map reads. */
function sourceOf({ input, output, adjoint }: ConvolutionMap): TensorShape {
  return adjoint ? output : input
}

/** The tensor that the map makes. */
function resultOf({ input, output, adjoint }: ConvolutionMap): TensorShape {
  return adjoint ? input : output
}

/** Taps of one direction from one that meets a position to the next: others fall between the strides of the adjoint. */
function tapStep({ geometry: { stride, dilation }, adjoint }: ConvolutionMap): number {
  return adjoint ? stride / greatestCommonDivisor(stride, dilation) : 1
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Values of `CONVOLUTION_FIELDS`. */
export function convolutionFields(map: ConvolutionMap): Record<keyof typeof CONVOLUTION_FIELDS, number> {
  const source = sourceOf(map)
  const result = resultOf(map)
  const { kernel, stride, dilation } = map.geometry
  return {
    samples: map.samples,
    source_height: source.height,
    source_width: source.width,
    source_channels: source.channels,
    source_quads: paddedWidth(map.packed ? elementsOf(source) : source.channels) / 4,
    result_height: result.height,
    result_width: result.width,
    result_quads: paddedWidth(result.channels) / 4,
    kernel,
    stride,
    dilation,
    before: paddingBefore(map.geometry),
    tap_step: tapStep(map),
  }
}

export function convolutionConstants({
  adjoint,
  packed,
}: ConvolutionMap): Record<(typeof CONVOLUTION_CONSTANTS)[number], number> {
  return { ADJOINT: adjoint ? 1 : 0, PACKED_INPUT: packed ? 1 : 0 }
}

/** How the weights lie: each tap padded by itself; those on a packed input without gaps, as one tap as wide as all. */
export function filterSize({ input, output, geometry, packed }: ConvolutionMap): WeightSize {
  const taps = geometry.kernel ** 2
  const inputs = packed ? taps * input.channels : input.channels
  return { rows: paddedWidth(inputs) * (packed ? 1 : taps), inputs, outputs: output.channels }
}

/** The map as a matrix product; that of an adjoint is one product per phase of the stride, of at most this size. */
export function mapProduct(map: ConvolutionMap): ProductSize {
  const { samples, geometry, adjoint, packed } = map
  const { kernel, stride } = geometry
  const source = sourceOf(map)
  const result = resultOf(map)
  if (!adjoint) {
    const channels = packed ? source.channels : paddedWidth(source.channels)
    const inner = paddedWidth(kernel ** 2 * channels)
    return { rows: samples * positionsOf(result), columns: result.channels, inner }
  }
  const rows = samples * Math.ceil(result.height / stride) * Math.ceil(result.width / stride)
  const inner = Math.ceil(kernel / tapStep(map)) ** 2 * paddedWidth(source.channels)
  return { rows, columns: result.channels, inner, copies: stride ** 2 }
}
