import type { ConvolutionGeometry } from '../experiment/convolution'
import type { TensorShape } from '../experiment/tensorShape'

/** A convolution of images, [samples·height·width, channels] each. */
export interface Convolution {
  readonly input: TensorShape
  /** `convolutionSize` of the input, with as many channels as there are filters. */
  readonly output: TensorShape
  readonly geometry: ConvolutionGeometry
  /**
   * Parts into which input and output channels are cut alike; each part of the output reads its part of the input.
   * 1 by default; as many as channels: depthwise.
   */
  readonly groups?: number
}

/** A convolutional layer as it is compiled. */
export interface ConvShape extends Convolution {
  /** Samples. */
  readonly rows: number
  /** The input is the network's, whose samples lie [height·width·channels] with padding only at their end. */
  readonly packedInput: boolean
}

/** A transposed convolution as it is compiled: the adjoint of the convolution from its output to its input. */
export interface TransposedConvShape {
  /** Samples. */
  readonly rows: number
  readonly input: TensorShape
  /** `transposedConvolutionSize` of the input. */
  readonly output: TensorShape
  readonly geometry: ConvolutionGeometry
}

/** The convolution whose adjoint a transposed one is, and with which it shares its weights. */
export function convolutionBack({ input, output, geometry }: TransposedConvShape): Convolution {
  return { input: output, output: input, geometry }
}
