import { wholeBuffer, type BufferScope } from '../../gpu/buffers'
import type { OutputBuffers } from './layerOutput'

/** The bindings of shaders/shared/layer_output.wgsl that normalisations have: their own result is not kept. */
export const NORMALISED_BINDINGS = {
  preactivation: 'read-write',
  activation: 'read-write',
  residual: 'read',
  control: 'read',
} as const

export type NormalisedBuffers = Omit<OutputBuffers, 'own'>

/** All bindings: what a kernel was compiled without is bound to a buffer that it does not touch. */
export function bindNormalised(scope: BufferScope, buffers: NormalisedBuffers) {
  const { preactivation, control, dropout } = buffers
  const unused = () => wholeBuffer(scope.storage('unused', 16))
  return {
    preactivation,
    activation: buffers.activation ?? unused(),
    residual: buffers.residual ?? unused(),
    control,
    dropout,
  }
}
