import type { LossSpec } from '../../experiment/spec'
import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { elementsOf, positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { paddedWidth } from '../padding'
import { rowLanes } from './reductionLanes'

const LOSS_FIELDS = {
  rows: 'u32',
  outputs: 'u32',
  words: 'u32',
  classes: 'u32',
  write_gradient: 'u32',
  accumulate: 'u32',
  label_smoothing: 'f32',
  positions: 'u32',
  target_words: 'u32',
} as const

const LOSS_BINDINGS = {
  loss: { uniform: LOSS_FIELDS },
  logits: 'read',
  targets: 'read',
  logitsGradient: 'read-write',
  lossPartials: 'read-write',
} as const

export const softmaxCrossEntropy = defineKernel({
  shader: 'nn/softmax_cross_entropy',
  bindings: LOSS_BINDINGS,
  constants: ['LANES'],
})
export const binaryCrossEntropy = defineKernel({
  shader: 'nn/binary_cross_entropy',
  bindings: LOSS_BINDINGS,
  constants: ['LANES'],
})
export const meanSquaredError = defineKernel({
  shader: 'nn/mean_squared_error',
  bindings: LOSS_BINDINGS,
  constants: ['LANES'],
})

const KERNELS = {
  crossEntropy: softmaxCrossEntropy,
  binaryCrossEntropy,
  meanSquaredError,
  reconstruction: meanSquaredError,
}

/** The kernel of a loss. */
export function lossKernel(loss: LossSpec): typeof softmaxCrossEntropy {
  return KERNELS[loss.kind]
}

/** Invocations that share a row of logits, of so many channels. */
export function lossLanes(outputs: number, software: boolean): number {
  return rowLanes(outputs, software)
}

const MOST_PARTIALS = 256

/** Workgroups, and so partials, of a loss dispatch over at most `rows` rows, samples · positions: at most 256. */
export function lossPartialCount(rows: number, lanes: number): number {
  return Math.min(MOST_PARTIALS, Math.max(1, Math.ceil((rows * lanes) / 64)))
}

/** Bytes of `LossPartial` in shaders/shared/loss_partial.wgsl. */
export const LOSS_PARTIAL_BYTES = 16

export interface LossBatch {
  /** Samples that count: the batch, or in an evaluation those that are not filling. */
  readonly rows: number
  /** Of the network's output for one sample; with positions only for values. */
  readonly shape: TensorShape
  /** Whether targets are class numbers [rows, 4] (column 0) or values [rows, (positions · channels)4]. */
  readonly targetKind: 'classes' | 'values'
  /** [rows · positions, channels4]. */
  readonly logits: BufferSlice
  readonly targets: BufferSlice
  /** [rows · positions, channels4]; in an evaluation any buffer, which is left alone. */
  readonly logitsGradient: BufferSlice
  /** lossPartialCount(capacity) · LOSS_PARTIAL_BYTES. */
  readonly lossPartials: BufferSlice
}

/** What is done with the result. */
export type LossPurpose =
  /** Gradient of the mean loss, and partials of this batch. */
  | 'training'
  /** No gradient; partials of this batch. */
  | 'evaluation'
  /** No gradient; added to the partials of the batches before. */
  | 'further evaluation'

/**
 * Loss of a batch.
 * @param partials workgroups: `lossPartialCount` of the batch, the same for all batches of an evaluation.
 */
export function lossDispatch(
  kernel: Kernel<typeof LOSS_BINDINGS>,
  scope: BufferScope,
  spec: LossSpec,
  batch: LossBatch,
  partials: number,
  purpose: LossPurpose,
): Dispatch {
  const { channels } = batch.shape
  const positions = positionsOf(batch.shape)
  const contents = packUniform(LOSS_FIELDS, {
    rows: batch.rows * positions,
    outputs: channels,
    words: paddedWidth(channels) / 4,
    classes: Number(batch.targetKind === 'classes'),
    write_gradient: Number(purpose === 'training'),
    accumulate: Number(purpose === 'further evaluation'),
    label_smoothing: spec.kind === 'crossEntropy' ? spec.labelSmoothing : 0,
    positions,
    target_words: paddedWidth(elementsOf(batch.shape)) / 4,
  })
  const { logits, targets, logitsGradient, lossPartials } = batch
  const loss = wholeBuffer(scope.uniform('loss', contents))
  const bindings = { loss, logits, targets, logitsGradient, lossPartials }
  return kernel.dispatch(bindings, [partials, 1, 1], batch.rows * elementsOf(batch.shape) * 40)
}

/** Sums partials that were read back, in float64. A loss of outputs that are not finite is NaN. */
export function sumLossPartials(bytes: ArrayBuffer): { readonly loss: number; readonly correct: number } {
  const floats = new Float32Array(bytes)
  const words = new Uint32Array(bytes)
  let loss = 0
  let correct = 0
  for (let at = 0; at < words.length; at += LOSS_PARTIAL_BYTES / 4) {
    loss += words[at + 2] === 0 ? floats[at]! : Number.NaN
    correct += words[at + 1]!
  }
  return { loss, correct }
}
