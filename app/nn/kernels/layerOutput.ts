import type { Activation } from '../../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { ACTIVATION_CODES } from './activationCodes'

/** The bindings and constants of shaders/shared/layer_output.wgsl; the kernel adds `shape` and `dropout` behind them. */
export const OUTPUT_BINDINGS = {
  preactivation: 'read-write',
  activation: 'read-write',
  own: 'read-write',
  residual: 'read',
  control: 'read',
} as const

export const OUTPUT_CONSTANTS = ['ACTIVATION', 'STORE_ACTIVATION', 'ADD_RESIDUAL'] as const

/** What becomes of a layer's own result. */
export interface OutputForm {
  /** Undefined where the activation is the preactivation: no function and no dropout, as for the output layer. */
  readonly activation: Activation | undefined
  /** Another tensor is added before the activation function. */
  readonly addsResidual: boolean
}

/** Where a layer leaves its results, [rows, channels4] each. */
export interface OutputBuffers {
  /** z: the layer's own result plus the residual, before the activation function. Written. */
  readonly preactivation: BufferSlice
  /** a = f(z) · mask, written; undefined where the kernels were compiled without it. */
  readonly activation: BufferSlice | undefined
  /** The layer's own result, written where a residual is added to it; undefined without one. */
  readonly own: BufferSlice | undefined
  /** Undefined where the kernels were compiled without it. */
  readonly residual: BufferSlice | undefined
  readonly control: BufferSlice
  /** `DropoutUniform.slice`. */
  readonly dropout: BufferSlice
}

export function outputConstants({
  activation,
  addsResidual,
}: OutputForm): Record<(typeof OUTPUT_CONSTANTS)[number], number> {
  return {
    ACTIVATION: ACTIVATION_CODES[activation ?? 'linear'],
    STORE_ACTIVATION: activation === undefined ? 0 : 1,
    ADD_RESIDUAL: addsResidual ? 1 : 0,
  }
}

/** All bindings: what a kernel was compiled without is bound to a buffer that it does not touch. */
export function bindOutput(scope: BufferScope, buffers: OutputBuffers) {
  const { preactivation, control, dropout } = buffers
  const unused = () => wholeBuffer(scope.storage('unused', 16))
  return {
    preactivation,
    activation: buffers.activation ?? unused(),
    own: buffers.own ?? unused(),
    residual: buffers.residual ?? unused(),
    control,
    dropout,
  }
}
