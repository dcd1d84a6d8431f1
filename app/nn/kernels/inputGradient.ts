import type { Activation } from '../../experiment/spec'
import type { BufferSlice } from '../../gpu/buffers'
import { paddedWidth } from '../padding'
import { ACTIVATION_CODES } from './activationCodes'

/** The bindings, constants and fields of shaders/shared/input_gradient.wgsl; `shape` and `dropout` come behind them. */
export const INPUT_GRADIENT_BINDINGS = { preactivation: 'read', inputGradient: 'read-write', control: 'read' } as const

export const INPUT_GRADIENT_CONSTANTS = ['ACTIVATION', 'ACCUMULATE'] as const

/** Of the input tensor; part of a kernel's `shape`. */
export const INPUT_GRADIENT_FIELDS = { channels: 'u32', channel_quads: 'u32' } as const

/** How a layer's share of the gradient in its input joins those of other readers of the tensor. */
export interface ShareForm {
  /** Of the layer that made the input, where this share is the last; `linear` in all others. */
  readonly activation: Activation
  /** Other readers have left their shares before. */
  readonly accumulates: boolean
}

/** Where a layer's share of the gradient in its input goes. */
export interface ShareBuffers {
  /** z of the layer that made the input, [rows, channels4]. */
  readonly preactivation: BufferSlice
  /** [rows, channels4]: the sum of the shares; after the last of them dL/dz of the layer that made the input. Written. */
  readonly inputGradient: BufferSlice
  readonly control: BufferSlice
  /** `DropoutUniform.slice` of the layer that made the input where the share is the last, else one that drops none. */
  readonly dropout: BufferSlice
}

export function shareConstants({
  activation,
  accumulates,
}: ShareForm): Record<(typeof INPUT_GRADIENT_CONSTANTS)[number], number> {
  return { ACTIVATION: ACTIVATION_CODES[activation], ACCUMULATE: accumulates ? 1 : 0 }
}

/** Values of `INPUT_GRADIENT_FIELDS`. */
export function shareFields(channels: number): Record<keyof typeof INPUT_GRADIENT_FIELDS, number> {
  return { channels, channel_quads: paddedWidth(channels) / 4 }
}
