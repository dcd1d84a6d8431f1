import type { ConvBackwardInputBuffers } from '../kernels/convBackwardInput'
import type { ConvBackwardWeightsBuffers } from '../kernels/convBackwardWeights'
import type { ConvForwardBuffers } from '../kernels/convForward'
import type { CompiledHalf } from './dense'

/** Forward: z = conv(x, W) + b and a = f(z) · dropout mask. */
export type ConvForward = CompiledHalf<ConvForwardBuffers>

/** What the backward half reads and writes; a layer that reads the network's input computes no gradient in it. */
interface ConvBackwardBuffers extends ConvBackwardWeightsBuffers {
  readonly share: Omit<ConvBackwardInputBuffers, 'outputGradient'> | undefined
}

/** Backward: dW, db, and a share of the gradient in the input. */
export type ConvBackward = CompiledHalf<ConvBackwardBuffers>

/** @throws Error where a layer compiled with a share of the gradient in its input is given no buffers for it. */
export function shareBuffers({ share, outputGradient }: ConvBackwardBuffers): ConvBackwardInputBuffers {
  if (!share) throw new Error('a convolution compiled with a share of a gradient needs its buffers')
  return { ...share, outputGradient }
}
