import type { BufferScope, BufferSlice } from '../../gpu/buffers'
import { wholeBuffer } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import type { Hyperparameters } from '../hyperparameters'

const SIZE_FIELDS = {
  loss_partials: 'u32',
  gradient_partials: 'u32',
  batch_size: 'u32',
  training_count: 'u32',
} as const

/** Latch, clipping, record and the move to the next batch. */
export const stepControl = defineKernel({
  shader: 'nn/step_control',
  bindings: {
    sizes: { uniform: SIZE_FIELDS },
    lossPartials: 'read',
    gradientPartials: 'read',
    hyperparameters: 'read',
    records: 'read-write',
    control: 'read-write',
  },
  constants: ['LANES'],
})

/** Steps the table of hyperparameters and the ring of records hold; shaders/nn/step_control.wgsl has the same. */
export const TABLE_STEPS = 4096
export const RING_STEPS = 4096
/** Bytes per step in the table and in the ring. */
export const TABLE_ROW_BYTES = 32
export const RECORD_BYTES = 16
/** Bytes of `Control` in shaders/shared/control.wgsl. */
export const CONTROL_BYTES = 48

export interface StepControlBuffers {
  readonly lossPartials: BufferSlice
  readonly gradientPartials: BufferSlice
  /** TABLE_STEPS · TABLE_ROW_BYTES. */
  readonly hyperparameters: BufferSlice
  /** RING_STEPS · RECORD_BYTES. */
  readonly records: BufferSlice
  /** CONTROL_BYTES; all zero where a run starts at step 0. */
  readonly control: BufferSlice
}

export interface StepSizes {
  readonly lossPartials: number
  readonly gradientPartials: number
  readonly batchSize: number
  readonly trainingCount: number
}

export function stepControlDispatch(
  kernel: Kernel<typeof stepControl.bindings>,
  scope: BufferScope,
  sizes: StepSizes,
  buffers: StepControlBuffers,
): Dispatch {
  const contents = packUniform(SIZE_FIELDS, {
    loss_partials: sizes.lossPartials,
    gradient_partials: sizes.gradientPartials,
    batch_size: sizes.batchSize,
    training_count: sizes.trainingCount,
  })
  const bindings = { sizes: wholeBuffer(scope.uniform('step sizes', contents)), ...buffers }
  return kernel.dispatch(bindings, [1, 1, 1], 4096)
}

/**
 * Puts the hyperparameters of consecutive steps into their rows of the table.
 * @param firstStep updates done before the first of them.
 * @param rows at most TABLE_STEPS.
 */
export function writeHyperparameters(
  queue: GPUQueue,
  table: GPUBuffer,
  firstStep: number,
  rows: readonly Hyperparameters[],
): void {
  const floats = TABLE_ROW_BYTES / 4
  const packed = new Float32Array(rows.length * floats)
  rows.forEach((row, index) => {
    const { learningRate, weightDecay, clipNorm, biasCorrection1, biasCorrection2 } = row
    packed.set([learningRate, weightDecay, clipNorm, biasCorrection1, biasCorrection2], index * floats)
  })
  const first = firstStep % TABLE_STEPS
  const beforeWrap = Math.min(rows.length, TABLE_STEPS - first)
  queue.writeBuffer(table, first * TABLE_ROW_BYTES, packed, 0, beforeWrap * floats)
  if (beforeWrap < rows.length) queue.writeBuffer(table, 0, packed, beforeWrap * floats)
}

/** Puts a run that has not begun behind `step` updates. */
export function writeStart(
  queue: GPUQueue,
  control: GPUBuffer,
  step: number,
  place: { readonly epoch: number; readonly epochOffset: number },
): void {
  queue.writeBuffer(control, 0, Uint32Array.of(step, place.epoch, place.epochOffset))
}

const LATCH_STEP_OFFSET = 12

/** Lets updates be applied again after one was refused. */
export function clearLatch(queue: GPUQueue, control: GPUBuffer): void {
  queue.writeBuffer(control, LATCH_STEP_OFFSET, new Uint32Array(1))
}

export interface ControlState {
  /** Updates done. */
  readonly step: number
  /** Where the next batch starts. */
  readonly epoch: number
  readonly epochOffset: number
  /** 0, or the number (from 1) of the update that was refused. */
  readonly latchStep: number
}

/** Reads the start of a `Control`. */
export function decodeControl(bytes: ArrayBuffer): ControlState {
  const [step, epoch, epochOffset, latchStep] = new Uint32Array(bytes, 0, 4)
  return { step: step!, epoch: epoch!, epochOffset: epochOffset!, latchStep: latchStep! }
}

/** `refused`: the loss or the gradient of the step was not finite. */
export type StepOutcome = 'applied' | 'refused'

export interface StepRecord {
  /** Mean over the batch, without penalties. */
  readonly loss: number
  /** Share of the batch classified correctly; 0 where nothing is classified. */
  readonly correctShare: number
  /** Of the whole gradient with penalties, before clipping. */
  readonly gradientNorm: number
  readonly outcome: StepOutcome
}

const OUTCOME_APPLIED = 1

/**
 * Reads a record.
 * @param bytes of the ring, or of consecutive records of it.
 * @param index of the record in `bytes`; in the whole ring that of step s, from 0, is s % RING_STEPS.
 */
export function decodeRecord(bytes: ArrayBuffer, index: number): StepRecord {
  const [loss, correctShare, gradientNorm] = new Float32Array(bytes, index * RECORD_BYTES, 3)
  const [outcome] = new Uint32Array(bytes, index * RECORD_BYTES + 12, 1)
  return {
    loss: loss!,
    correctShare: correctShare!,
    gradientNorm: gradientNorm!,
    outcome: outcome === OUTCOME_APPLIED ? 'applied' : 'refused',
  }
}
